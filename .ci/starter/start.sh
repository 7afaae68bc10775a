#!/bin/sh
# Opent de werkplaats van knm. Uitleg: LEESMIJ.txt. Opties gaan door naar: knm start
cd "$(dirname "$0")" || exit 1
if [ ! -f programma/start.py ]; then
    echo "De map programma ontbreekt. Pak de hele zip opnieuw uit."
    exit 1
fi
for python in "${KNM_PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11 python; do
    if [ -n "$python" ] && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        exec "$python" programma/start.py "$@"
    fi
done
echo "Python 3.11 of nieuwer is hier niet gevonden."
echo "Installeer Python en start opnieuw. LEESMIJ.txt zegt hoe."
exit 1
