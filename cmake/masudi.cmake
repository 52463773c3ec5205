# What the lists of targets are made of: stages, packs, tests and fuzzers.

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD AND NOT MASUDI_FUZZ AND NOT CMAKE_CROSSCOMPILING)
  add_link_options(-fuse-ld=mold)
endif()

add_link_options(-Wl,--as-needed)  # a library of which nothing is used is not loaded at every start

add_library(masudi_options INTERFACE)
target_compile_options(masudi_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor)
if(MASUDI_WERROR)
  target_compile_options(masudi_options INTERFACE -Werror)
endif()
if(MASUDI_SANITIZE)
  add_compile_options(-fsanitize=${MASUDI_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${MASUDI_SANITIZE})
endif()
if(MASUDI_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# masudi_stage(NAME [DEPENDS stage...] [LINK target...]): the library of src/NAME, public header include/masudi/NAME.h.
function(masudi_stage name)
  cmake_parse_arguments(STAGE "" "" "DEPENDS;LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cc)
  add_library(masudi_${name} STATIC ${sources})
  add_library(masudi::${name} ALIAS masudi_${name})
  target_include_directories(masudi_${name} PUBLIC ${CMAKE_SOURCE_DIR}/include PRIVATE ${CMAKE_SOURCE_DIR}/src/${name})
  foreach(stage ${STAGE_DEPENDS})
    target_link_libraries(masudi_${name} PUBLIC masudi_${stage})
  endforeach()
  target_link_libraries(masudi_${name} PUBLIC ${STAGE_LINK} PRIVATE masudi_options)
endfunction()

# masudi_exact_floats(STAGE): float results that are the same on every machine: no multiply-add is fused that the source does not fuse. The network is
# optimised in every build: it is most of the time of a test that annotates.
function(masudi_exact_floats stage)
  target_compile_options(masudi_${stage} PRIVATE -ffp-contract=off)
  set_source_files_properties(src/${stage}/kernels.cc src/${stage}/network.cc PROPERTIES COMPILE_OPTIONS -O2)
endfunction()

# masudi_embed(STAGE NAME...): src/STAGE/NAME.sql as a string literal to include, NAME.sql.inc.
function(masudi_embed stage)
  foreach(name ${ARGN})
    set(source ${CMAKE_SOURCE_DIR}/src/${stage}/${name}.sql)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
    file(READ ${source} text)
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/embedded/${name}.sql.inc CONTENT "R\"sql(@text@)sql\"\n" @ONLY)
  endforeach()
  target_include_directories(masudi_${stage} PRIVATE ${CMAKE_BINARY_DIR}/embedded)
endfunction()

# masudi_embed_json(STAGE FILE): a JSON file as a string literal to include, NAME.json.inc.
function(masudi_embed_json stage file)
  get_filename_component(name ${file} NAME)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${file})
  file(READ ${CMAKE_SOURCE_DIR}/${file} text)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/embedded/${name}.inc CONTENT "R\"json(@text@)json\"\n" @ONLY)
  target_include_directories(masudi_${stage} PRIVATE ${CMAKE_BINARY_DIR}/embedded)
endfunction()

# masudi_embed_folder(STAGE FOLDER NAME SOURCE): every file of a folder inside the program; NAME.inc has embedded_files, a list of path, first byte and
# byte after the last, for src/STAGE/SOURCE to include. The assembler takes the bytes: a compiler would need minutes for them as numbers.
function(masudi_embed_folder stage folder name source)
  set(root ${CMAKE_SOURCE_DIR}/${folder})
  file(GLOB_RECURSE files CONFIGURE_DEPENDS LIST_DIRECTORIES false ${root}/*)
  list(SORT files)
  set(bytes)
  set(rows)
  set(number 0)
  foreach(file ${files})
    file(RELATIVE_PATH path ${root} ${file})
    set(symbol masudi_${name}_${number})
    string(APPEND bytes "extern \"C\" const char ${symbol}[], ${symbol}_end[];\n"
      "asm(\".section .rodata,\\\"a\\\"\\n.hidden ${symbol}\\n.global ${symbol}\\n${symbol}:\\n.incbin \\\"${file}\\\"\\n\"\n"
      "    \".hidden ${symbol}_end\\n.global ${symbol}_end\\n${symbol}_end:\\n.byte 0\\n.previous\\n\");\n")
    string(APPEND rows "    {\"/${path}\", ${symbol}, ${symbol}_end},\n")
    math(EXPR number "${number} + 1")
  endforeach()
  set(text "struct EmbeddedFile {\n  const char *path, *begin, *end;\n};\n${bytes}static const EmbeddedFile embedded_files[] = {\n${rows}    {\"\", nullptr, nullptr},\n};\n")
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/embedded/${name}.inc CONTENT "@text@" @ONLY)
  set_source_files_properties(${CMAKE_SOURCE_DIR}/src/${stage}/${source} PROPERTIES OBJECT_DEPENDS "${files}")
  target_include_directories(masudi_${stage} PRIVATE ${CMAKE_BINARY_DIR}/embedded)
endfunction()

# masudi_packs(): lexicon/ and gazetteer/ compiled to packs, models copied, their hashes noted, in the build's share/masudi and the
# installation.
function(masudi_packs)
  set(share ${CMAKE_BINARY_DIR}/share/masudi)
  set(packs)
  foreach(name lexicon gazetteer)
    file(GLOB tables CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${name}/*.tsv)
    add_custom_command(OUTPUT ${share}/${name}.pack
      COMMAND ${CMAKE_COMMAND} -E make_directory ${share}
      COMMAND masudi_cli lexicon build ${CMAKE_SOURCE_DIR}/${name} -o ${share}/${name}.pack
      DEPENDS masudi_cli ${tables}
      COMMENT "Compiling ${name}.pack")
    list(APPEND packs ${share}/${name}.pack)
  endforeach()
  file(GLOB models CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/models/*)
  add_custom_command(OUTPUT ${share}/models.stamp
    COMMAND ${CMAKE_COMMAND} -E copy_directory ${CMAKE_SOURCE_DIR}/models ${share}/models
    COMMAND ${CMAKE_COMMAND} -E touch ${share}/models.stamp
    DEPENDS ${models})
  file(GLOB examples CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/examples/*)
  add_custom_command(OUTPUT ${share}/examples.stamp  # for `serve --demo`
    COMMAND ${CMAKE_COMMAND} -E copy_directory ${CMAKE_SOURCE_DIR}/examples ${share}/examples
    COMMAND ${CMAKE_COMMAND} -E touch ${share}/examples.stamp
    DEPENDS ${examples})
  # Their hashes beside them, so that no start computes them.
  add_custom_command(OUTPUT ${share}/hashes.stamp
    COMMAND ${CMAKE_COMMAND} -E env MASUDI_DATA=${share} $<TARGET_FILE:masudi_cli> doctor --note
    COMMAND ${CMAKE_COMMAND} -E touch ${share}/hashes.stamp
    DEPENDS masudi_cli ${packs} ${share}/models.stamp)
  add_custom_target(masudi_data ALL DEPENDS ${share}/hashes.stamp ${share}/examples.stamp)
  install(FILES ${packs} ${share}/lexicon.pack.sha256 ${share}/gazetteer.pack.sha256 DESTINATION ${CMAKE_INSTALL_DATADIR}/masudi)
  install(DIRECTORY ${share}/models ${CMAKE_SOURCE_DIR}/examples DESTINATION ${CMAKE_INSTALL_DATADIR}/masudi)
endfunction()

# masudi_test(NAME SOURCE... [LINK target...]): one GoogleTest program. Its working directory is the repository.
function(masudi_test name)
  cmake_parse_arguments(TEST "" "" "LINK;LABELS" ${ARGN})
  add_executable(${name} ${TEST_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE masudi_options ${TEST_LINK} GTest::gtest GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE MASUDI_DATA="${CMAKE_BINARY_DIR}/share/masudi" MASUDI_SOURCE="${CMAKE_SOURCE_DIR}"
                             MASUDI_PROGRAM="$<TARGET_FILE:masudi_cli>")
  add_dependencies(${name} masudi_data)
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  if(TEST_LABELS)
    set_tests_properties(${name} PROPERTIES LABELS "${TEST_LABELS}")
  endif()
endfunction()

# masudi_fuzzer(NAME LINK target...): fuzz/NAME.cc. Under MASUDI_FUZZ a libFuzzer program; otherwise a test that replays
# fuzz/corpus/NAME and fuzz/crashes/NAME.
function(masudi_fuzzer name)
  cmake_parse_arguments(FUZZER "" "" "LINK" ${ARGN})
  if(MASUDI_FUZZ)
    add_executable(fuzz_${name} ${name}.cc)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  else()
    add_executable(fuzz_${name} ${name}.cc replay.cc)
    add_test(NAME fuzz_${name} COMMAND fuzz_${name} ${CMAKE_SOURCE_DIR}/fuzz/corpus/${name} ${CMAKE_SOURCE_DIR}/fuzz/crashes/${name}
             WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    set_tests_properties(fuzz_${name} PROPERTIES LABELS fuzz)
  endif()
  target_link_libraries(fuzz_${name} PRIVATE masudi_options ${FUZZER_LINK})
  target_compile_definitions(fuzz_${name} PRIVATE MASUDI_DATA="${CMAKE_BINARY_DIR}/share/masudi" MASUDI_SOURCE="${CMAKE_SOURCE_DIR}")
  add_dependencies(fuzz_${name} masudi_data)
endfunction()
