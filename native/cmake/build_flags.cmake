# How everything of ours is compiled. How much is optimised comes from the build type: -O3 or /O2 in a release.
# What was tried and left out, with its figures, stands in docs/releasing.md.
option(HASHLANE_LTO "Optimise across files when linking. Small gain, a quarter to a half more work to build" OFF)

# A section for every function, so that the linker can leave out what nothing calls.
if(MSVC)
  add_compile_options(/Gy /Gw)
else()
  add_compile_options(-ffunction-sections -fdata-sections)
endif()

if(CMAKE_BUILD_TYPE STREQUAL "Release")
  # Names and lines, which a crash dump is read by; debug_symbols.cmake takes them out of what ships. Against what a
  # bug in reading hostile bytes could be used for: guarded stacks, calls only to functions.
  if(MSVC)
    add_compile_options(/Z7 /guard:cf)
  else()
    # The same bytes from whatever folder: files are named from the checkout on.
    get_filename_component(HASHLANE_ROOT ${CMAKE_CURRENT_SOURCE_DIR} DIRECTORY)
    add_compile_options($<$<COMPILE_LANGUAGE:C,CXX>:-g1> $<$<COMPILE_LANGUAGE:C,CXX>:-fstack-protector-strong>
                        $<$<COMPILE_LANGUAGE:C,CXX>:-ffile-prefix-map=${HASHLANE_ROOT}/=>)
    if(MINGW)
      # There the guard is in a library of its own.
      add_link_options(-fstack-protector-strong)
    endif()
  endif()
  # Checked copies. Some systems' compilers define a level of their own; sanitizers bring their own checks.
  if(CMAKE_SYSTEM_NAME STREQUAL "Linux" AND NOT HASHLANE_SANITIZE)
    add_compile_options($<$<COMPILE_LANGUAGE:C,CXX>:-U_FORTIFY_SOURCE> $<$<COMPILE_LANGUAGE:C,CXX>:-D_FORTIFY_SOURCE=3>)
  endif()
endif()
if(HASHLANE_TESTS)
  # Checked indices and iterators, where their cost does not count.
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
endif()

# Code for one instruction set stays where it was compiled, also when linking optimises: nothing of it may be moved into
# code that every processor runs. scripts/checks/addon/instructions.mjs reads what came out.
set(HASHLANE_OWN_INSTRUCTIONS "")
if(HASHLANE_LTO)
  include(CheckIPOSupported)
  check_ipo_supported(LANGUAGES C CXX)
  set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON)
  set(HASHLANE_OWN_INSTRUCTIONS $<IF:$<CXX_COMPILER_ID:MSVC>,/GL-,-fno-lto>)
endif()
