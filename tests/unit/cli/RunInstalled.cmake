# SPDX-FileCopyrightText: 2026 The Loopscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs the build of BUILD_FOLDER into PREFIX, then runs SCRIPT with the program there (in BIN), in a world without node.
file(REMOVE_RECURSE ${PREFIX})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD_FOLDER} --prefix ${PREFIX} OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
# The program looks for it there before anywhere else.
if(NOT EXISTS ${PREFIX}/${LIBEXEC}/loopscope/esbuild)
  message(FATAL_ERROR "esbuild was not installed.")
endif()
file(COPY ${SCRIPT} DESTINATION ${PREFIX}/work)
get_filename_component(name ${SCRIPT} NAME)
execute_process(
  COMMAND ${CMAKE_COMMAND} -E env --unset=NODE_PATH --unset=LOOPSCOPE_ESBUILD PATH=/nowhere ${PREFIX}/${BIN}/loopscope run ${name}
  WORKING_DIRECTORY ${PREFIX}/work OUTPUT_VARIABLE output ERROR_VARIABLE errors RESULT_VARIABLE result)
if(NOT result STREQUAL "0" OR NOT output STREQUAL "first\nsecond\nsecond+first\n")
  message(FATAL_ERROR "exit code ${result}, output:\n${output}\nerrors:\n${errors}")
endif()
# The course comes with it.
execute_process(COMMAND ${CMAKE_COMMAND} -E env PATH=/nowhere ${PREFIX}/${BIN}/loopscope lessons list --json
  WORKING_DIRECTORY ${PREFIX}/work OUTPUT_VARIABLE output ERROR_VARIABLE errors RESULT_VARIABLE result)
if(NOT output MATCHES "Asynchronous thinking")
  message(FATAL_ERROR "the course is not installed: exit code ${result}, output:\n${output}\nerrors:\n${errors}")
endif()
file(REMOVE_RECURSE ${PREFIX})
