# Cross compiling for ARM64 Linux on Debian, with its libraries from the foreign architecture arm64.
# Programs run under QEMU; QEMU_CPU in the environment says which processor it plays.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64)
# So that QEMU needs no libraries of the other architecture at run time.
set(CMAKE_EXE_LINKER_FLAGS_INIT -static)
# Headers are shared between the architectures, libraries are not.
set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)
set(CMAKE_IGNORE_PATH /usr/lib/x86_64-linux-gnu /lib/x86_64-linux-gnu)
