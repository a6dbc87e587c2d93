# SPDX-FileCopyrightText: 2026 The Loopscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Language, warnings, output folders and the sanitizers of the presets.
include(GNUInstallDirs)
include(CTest)

option(LOOPSCOPE_WINDOW "Build the window (loopscope-studio) and its tests" ON)
option(LOOPSCOPE_WARNINGS_AS_ERRORS "Warnings stop the build" ON)
set(LOOPSCOPE_SANITIZE "" CACHE STRING "Sanitizers, as for -fsanitize= (address,undefined or thread)")
option(LOOPSCOPE_FUZZERS "Build the fuzzers (libFuzzer: clang only)" OFF)
option(LOOPSCOPE_COVERAGE "Instrument for coverage" OFF)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_AUTOMOC ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

# What every target of ours is compiled with; third-party sources (the grammar) are not.
add_library(loopscope_settings INTERFACE)
target_include_directories(loopscope_settings INTERFACE ${CMAKE_SOURCE_DIR}/engine ${CMAKE_SOURCE_DIR}/visualizer)
target_compile_definitions(loopscope_settings INTERFACE QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_KEYWORDS QT_NO_FOREACH
                           LOOPSCOPE_VERSION="${PROJECT_VERSION}")
target_compile_options(loopscope_settings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual)
if(LOOPSCOPE_WARNINGS_AS_ERRORS)
  target_compile_options(loopscope_settings INTERFACE -Werror)
endif()
if(LOOPSCOPE_SANITIZE)
  target_compile_options(loopscope_settings INTERFACE -fsanitize=${LOOPSCOPE_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(loopscope_settings INTERFACE -fsanitize=${LOOPSCOPE_SANITIZE})
endif()
if(LOOPSCOPE_COVERAGE)
  target_compile_options(loopscope_settings INTERFACE --coverage)
  target_link_options(loopscope_settings INTERFACE --coverage)
endif()

# loopscope_library(name SOURCES ... LINK ...): a static library of the engine or the visualizer.
function(loopscope_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINK")
  add_library(${name} STATIC ${arg_SOURCES})
  target_link_libraries(${name} PUBLIC loopscope_settings ${arg_LINK})
endfunction()

# loopscope_test(name [RUNS_SCRIPTS] SOURCES ... LINK ... LABELS ...): a Qt Test program that CTest runs. RUNS_SCRIPTS: it starts the runner, which
# is then built with it.
function(loopscope_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "RUNS_SCRIPTS" "" "SOURCES;LINK;LABELS")
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE loopscope_settings Qt6::Test ${arg_LINK})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}" TIMEOUT 300
                       ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LOOPSCOPE_BIN=${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  if(arg_RUNS_SCRIPTS)
    add_dependencies(${name} loopscope)
  endif()
endfunction()
