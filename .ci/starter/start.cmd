@echo off
rem Opent de werkplaats van knm. Uitleg: LEESMIJ.txt. Opties gaan door naar: knm start
setlocal
cd /d "%~dp0"
if not exist "programma\start.py" goto incomplete
set "FIND=import sys; sys.exit(sys.version_info < (3, 11))"
py -3 -c "%FIND%" >nul 2>nul
if not errorlevel 1 goto launcher
python -c "%FIND%" >nul 2>nul
if not errorlevel 1 goto python
echo Python 3.11 of nieuwer is hier niet gevonden.
echo Installeer Python van python.org/downloads en start opnieuw.
echo LEESMIJ.txt zegt hoe.
goto failed
:incomplete
echo De map programma ontbreekt. Pak eerst de hele zip uit:
echo klik met rechts op de zip en kies "Alles uitpakken".
goto failed
:launcher
py -3 "programma\start.py" %*
if errorlevel 1 goto failed
exit /b 0
:python
python "programma\start.py" %*
if errorlevel 1 goto failed
exit /b 0
:failed
pause
exit /b 1
