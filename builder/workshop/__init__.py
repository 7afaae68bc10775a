"""The local workshop (`knm start`): a form over the documents of the bank, for people who know no YAML.

It is thin: what is right or wrong is decided by loading and checks, what a candidate sees by the model and the
exporters. Modules: `store` (files, drafts, history), `desk` (the bank with an unsaved document in it), `fields`
and `forms` (schema → form → data), `previews`, `uploads`, `reviewing`, `submissions`, `plans` and `solving` (visits), and on top
`guard` (who may ask), `screens` (templates) and `app` (addresses).
"""
