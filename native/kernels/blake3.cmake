# BLAKE3's official C library. Where it is installed as such (vcpkg) it is taken as it is; otherwise it
# is compiled from its sources: Debian 12 packages them only inside the Rust crate. On x86-64 Unix its
# assembly chooses the widest instruction set by itself.
find_package(BLAKE3 CONFIG QUIET)
if(TARGET BLAKE3::blake3)
  add_library(hashlane_blake3 INTERFACE)
  target_link_libraries(hashlane_blake3 INTERFACE BLAKE3::blake3)
  return()
endif()

file(GLOB blake3_candidates /usr/share/cargo/registry/blake3-*/c)
find_path(HASHLANE_BLAKE3_SOURCE_DIR blake3_dispatch.c PATHS ${blake3_candidates} NO_DEFAULT_PATH
          DOC "Folder c/ of BLAKE3's sources")
if(NOT EXISTS "${HASHLANE_BLAKE3_SOURCE_DIR}/blake3_dispatch.c")
  message(FATAL_ERROR "BLAKE3's C sources were not found. On Debian: apt-get install librust-blake3-dev. "
                      "Elsewhere set HASHLANE_BLAKE3_SOURCE_DIR to the folder c/ of BLAKE3's sources.")
endif()

set(blake3_files blake3.c blake3_dispatch.c blake3_portable.c)
set(blake3_definitions "")
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$" AND UNIX)
  list(APPEND blake3_files blake3_sse2_x86-64_unix.S blake3_sse41_x86-64_unix.S blake3_avx2_x86-64_unix.S
                           blake3_avx512_x86-64_unix.S)
elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64|ARM64)$")
  list(APPEND blake3_files blake3_neon.c)
  set(blake3_definitions BLAKE3_USE_NEON=1)
else()
  set(blake3_definitions BLAKE3_NO_SSE2 BLAKE3_NO_SSE41 BLAKE3_NO_AVX2 BLAKE3_NO_AVX512)
endif()
# Its dispatch lets tests set what the processor offers; so does HASHLANE_KERNELS (blake3_hasher.cc).
set_source_files_properties("${HASHLANE_BLAKE3_SOURCE_DIR}/blake3_dispatch.c" PROPERTIES COMPILE_DEFINITIONS
  "BLAKE3_TESTING;g_cpu_features=hashlane_blake3_cpu_features;get_cpu_features=hashlane_blake3_get_cpu_features")
list(TRANSFORM blake3_files PREPEND "${HASHLANE_BLAKE3_SOURCE_DIR}/")

add_library(hashlane_blake3 STATIC ${blake3_files})
target_include_directories(hashlane_blake3 SYSTEM PUBLIC ${HASHLANE_BLAKE3_SOURCE_DIR})
target_compile_definitions(hashlane_blake3 PUBLIC ${blake3_definitions})
