# SPDX-FileCopyrightText: 2026 The Loopscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
# cmake -D NPM_PROGRAM=npm -D FOLDER=... -P Install.cmake: installs FOLDER's npm packages when its lock file changed since the last time.
file(SHA256 ${FOLDER}/package-lock.json wanted)
set(stamp ${FOLDER}/node_modules/.installed-lock)
set(installed "")
if(EXISTS ${stamp})
  file(READ ${stamp} installed)
endif()
if(NOT installed STREQUAL wanted)
  execute_process(COMMAND ${NPM_PROGRAM} ci --ignore-scripts --no-audit --no-fund --loglevel=error WORKING_DIRECTORY ${FOLDER}
                  COMMAND_ERROR_IS_FATAL ANY)
  file(WRITE ${stamp} ${wanted})
endif()
