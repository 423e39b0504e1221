; Explorer: "Hash with Hashlane" in the menus of files and folders, and an entry of "Send to". SHELL_CONTEXT is the
; hive of the installation: the account's own, or everyone's. `--` ends the flags: a file may be called -x.

!macro hashlaneVerb CLASS
  WriteRegStr SHELL_CONTEXT "Software\Classes\${CLASS}\shell\Hashlane" "" "Hash with Hashlane"
  WriteRegStr SHELL_CONTEXT "Software\Classes\${CLASS}\shell\Hashlane" "Icon" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}",0'
  ; Also for more than 15 files; Explorer starts Hashlane once for each, and the first one collects them.
  WriteRegStr SHELL_CONTEXT "Software\Classes\${CLASS}\shell\Hashlane" "MultiSelectModel" "Player"
  WriteRegStr SHELL_CONTEXT "Software\Classes\${CLASS}\shell\Hashlane\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" -- "%1"'
!macroend

!macro customInstall
  !insertmacro hashlaneVerb "*"
  !insertmacro hashlaneVerb "Directory"
  !insertmacro hashlaneVerb "Drive"
  CreateShortCut "$SENDTO\Hashlane.lnk" "$INSTDIR\${APP_EXECUTABLE_FILENAME}" "--" "$INSTDIR\${APP_EXECUTABLE_FILENAME}" 0
!macroend

!macro customUnInstall
  DeleteRegKey SHELL_CONTEXT "Software\Classes\*\shell\Hashlane"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Directory\shell\Hashlane"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Drive\shell\Hashlane"
  Delete "$SENDTO\Hashlane.lnk"
!macroend
