; Compiles the Explorer entries alone, with stand-ins for what electron-builder's installer defines around them.
Unicode true
!define APP_EXECUTABLE_FILENAME "Hashlane.exe"
Name "Hashlane"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\Hashlane"
RequestExecutionLevel user
!include "${INCLUDE}"
Section
  !insertmacro customInstall
  WriteUninstaller "$INSTDIR\uninstall.exe"
SectionEnd
Section "Uninstall"
  !insertmacro customUnInstall
SectionEnd
