# Static libraries, optimised only: they end inside the addon.
set(VCPKG_TARGET_ARCHITECTURE arm64)
set(VCPKG_CRT_LINKAGE dynamic)
set(VCPKG_LIBRARY_LINKAGE static)
set(VCPKG_BUILD_TYPE release)
set(VCPKG_CMAKE_SYSTEM_NAME Darwin)
set(VCPKG_OSX_ARCHITECTURES arm64)
# electron-builder.yml: minimumSystemVersion.
set(VCPKG_OSX_DEPLOYMENT_TARGET 13.0)
