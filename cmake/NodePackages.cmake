# SPDX-FileCopyrightText: 2026 The Loopscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
# npm packages: installed into the source folder's node_modules by `npm ci` whenever the lock file changed.
set(NODE_MODULES ${CMAKE_SOURCE_DIR}/node_modules)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/package-lock.json)
set(installed_lock ${NODE_MODULES}/.package-lock.json)
if(NOT EXISTS ${installed_lock} OR ${CMAKE_SOURCE_DIR}/package-lock.json IS_NEWER_THAN ${installed_lock})
  find_program(NPM_PROGRAM npm REQUIRED)
  message(STATUS "Installing npm packages")
  execute_process(COMMAND ${NPM_PROGRAM} ci --ignore-scripts --no-audit --no-fund --loglevel=error
                  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR} COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
  file(TOUCH ${installed_lock})
endif()
file(GLOB esbuild_candidates ${NODE_MODULES}/@esbuild/*/bin/esbuild)
list(POP_FRONT esbuild_candidates ESBUILD_PROGRAM)
if(NOT ESBUILD_PROGRAM)
  message(FATAL_ERROR "npm installed no esbuild for this machine: delete node_modules and configure again.")
endif()
