#!/bin/sh
# Voor de Mac: dubbelklik op dit bestand. Het doet hetzelfde als start.sh.
cd "$(dirname "$0")" || exit 1
exec sh ./start.sh "$@"
