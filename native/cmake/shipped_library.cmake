# How a library of ours that ships is linked: it shows Node-API's two entries and nothing else, leaves out what nothing
# calls, cannot be written to where it need not be, and has its debug symbols beside it.
function(hashlane_shipped_library target)
  if(MSVC)
    # /DEBUG alone would switch leaving out off. The addon names its symbols without the folder they were built in.
    target_link_options(${target} PRIVATE $<$<CONFIG:Release>:/DEBUG> $<$<CONFIG:Release>:/PDBALTPATH:%_PDB%>
                                          /OPT:REF /OPT:ICF /GUARD:CF)
  elseif(APPLE)
    target_link_options(${target} PRIVATE LINKER:-dead_strip LINKER:-exported_symbol,_napi_register_module_v1
                                          LINKER:-exported_symbol,_node_api_module_get_api_version_v1)
  else()
    # Node brings an OpenSSL of its own, Electron a BoringSSL: nothing of ours may be seen by them or replaced by
    # theirs (kernels/CMakeLists.txt sees to that), the C++ runtime included.
    target_link_options(${target} PRIVATE -static-libstdc++ -static-libgcc LINKER:--gc-sections LINKER:--build-id=sha1
                                          LINKER:-z,relro LINKER:-z,now LINKER:-z,noexecstack)
    # Types of the C++ library are visible by its own headers, whatever our files are compiled with.
    set(entries ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/entries.map)
    target_link_options(${target} PRIVATE LINKER:--version-script=${entries})
    set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${entries})
  endif()
  if(CMAKE_BUILD_TYPE STREQUAL "Release")
    hashlane_symbols_aside(${target})
  endif()
endfunction()

# `hashlane.node.debug` or `.dSYM` beside the stripped library; debuggers find it by the build's id, or by the link.
# Windows' linker writes its .pdb by itself.
function(hashlane_symbols_aside target)
  set(library $<TARGET_FILE:${target}>)
  set(symbols $<TARGET_FILE_NAME:${target}>.debug)
  if(APPLE)
    find_program(HASHLANE_DSYMUTIL dsymutil REQUIRED)
    add_custom_command(TARGET ${target} POST_BUILD VERBATIM
      COMMAND ${HASHLANE_DSYMUTIL} ${library}
      COMMAND ${CMAKE_STRIP} -x ${library})
  elseif(UNIX)
    # objcopy writes the link's checksum of what it finds in the folder it runs in.
    add_custom_command(TARGET ${target} POST_BUILD WORKING_DIRECTORY $<TARGET_FILE_DIR:${target}> VERBATIM
      COMMAND ${CMAKE_OBJCOPY} --only-keep-debug ${library} ${symbols}
      COMMAND ${CMAKE_OBJCOPY} --strip-all --add-gnu-debuglink=${symbols} ${library})
  endif()
endfunction()
