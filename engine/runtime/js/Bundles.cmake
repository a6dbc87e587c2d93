# SPDX-FileCopyrightText: 2026 The Loopscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Bundles the runtime's JavaScript with esbuild, compiles it ahead to byte code, and embeds both.
find_program(QMLCACHEGEN_PROGRAM qmlcachegen HINTS ${QT6_INSTALL_PREFIX}/${QT6_INSTALL_LIBEXECS} /usr/lib/qt6/libexec REQUIRED)
file(STRINGS ${CMAKE_CURRENT_SOURCE_DIR}/js/aliases.txt alias_flags REGEX "^--")
list(TRANSFORM alias_flags REPLACE "=\\./" "=${CMAKE_SOURCE_DIR}/")
file(GLOB_RECURSE runtime_scripts CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/js/*.js ${CMAKE_CURRENT_SOURCE_DIR}/js/*.mjs)
set(bundle_folder ${CMAKE_CURRENT_BINARY_DIR}/js/bundles)
set(generated)
# The library shares the core's modules instead of bundling copies: require of ../core/... stays a call, answered by js/core/bootstrap.js.
set(core_flags ${CMAKE_CURRENT_SOURCE_DIR}/js/core.mjs --format=esm)
# At its end the library takes the runtime's exact async functions and generators in place of esbuild's helpers, which spend other numbers of promise jobs.
set(exact_helpers "const exact = require('../core/lowering')\;")
foreach(helper IN ITEMS async:async await:await asyncGenerator:startAsyncGenerator forAwait:forAwait yieldStar:yieldStar)
  string(REGEX MATCH "^(.*):(.*)$" helper ${helper})
  string(APPEND exact_helpers "if (typeof __${CMAKE_MATCH_1} !== 'undefined') __${CMAKE_MATCH_1} = exact.${CMAKE_MATCH_2}\;")
endforeach()
set(function_head "--banner:js=export default function (module, require) { let exports = module.exports\;")
set(function_end "--footer:js=${exact_helpers}}")
set(lib_flags ${CMAKE_CURRENT_SOURCE_DIR}/js/lib/index.js --format=cjs --external:../core/* --external:../../core/*
    "${function_head}" "${function_end}")
# What of the package undici makes fetch, over our own http; js/lib/internal/fetch.js answers its require.
set(fetch_flags ${CMAKE_CURRENT_SOURCE_DIR}/js/fetch/index.js --format=cjs --external:node:* --external:./dispatcher/agent --define:esbuildDetection=true
    "${function_head}" "${function_end}")
foreach(bundle core lib fetch)
  set(script ${bundle_folder}/${bundle}.mjs)
  add_custom_command(OUTPUT ${script}
    COMMAND ${ESBUILD_PROGRAM} ${${bundle}_flags} --bundle --platform=neutral --main-fields=main --target=es2016 --minify-whitespace
            --log-level=warning --log-override:direct-eval=silent ${alias_flags} --outfile=${script}
    DEPENDS ${runtime_scripts} ${CMAKE_CURRENT_SOURCE_DIR}/js/aliases.txt ${CMAKE_SOURCE_DIR}/package-lock.json
    # esbuild takes ../core/* for a path from here, too: from the project's folder that would be all of a project in a folder called core.
    WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}
    COMMENT "Bundling the runtime's ${bundle}" VERBATIM)
  set(compiled ${CMAKE_CURRENT_BINARY_DIR}/js/${bundle}_mjs.cpp)
  add_custom_command(OUTPUT ${compiled}
    COMMAND ${CMAKE_COMMAND} -E env QT_LOGGING_RULES=qt.qml.compiler*=false ${QMLCACHEGEN_PROGRAM} --resource-path /loopscope/${bundle}.mjs -o ${compiled} ${script}
    DEPENDS ${script} COMMENT "Compiling the runtime's ${bundle} ahead" VERBATIM)
  list(APPEND generated ${compiled})
  set_source_files_properties(${script} PROPERTIES QT_RESOURCE_ALIAS ${bundle}.mjs GENERATED TRUE)
  list(APPEND scripts ${script})
endforeach()
set_source_files_properties(${generated} PROPERTIES COMPILE_OPTIONS "-w" SKIP_AUTOMOC ON SKIP_LINTING ON)
target_sources(loopscope_runtime PRIVATE ${generated})
qt_add_resources(loopscope_runtime loopscope_scripts PREFIX /loopscope BASE ${bundle_folder} FILES ${scripts})
