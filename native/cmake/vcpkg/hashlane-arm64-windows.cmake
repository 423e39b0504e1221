# Static libraries, optimised only: they end inside the addon.
set(VCPKG_TARGET_ARCHITECTURE arm64)
# As cmake-js links the addon: nothing of Microsoft's runtime has to be installed.
set(VCPKG_CRT_LINKAGE static)
set(VCPKG_LIBRARY_LINKAGE static)
set(VCPKG_BUILD_TYPE release)
