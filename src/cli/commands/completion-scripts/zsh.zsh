#compdef iis-metabase-patch
# Completion of iis-metabase-patch for zsh: iis-metabase-patch completion zsh >> ~/.zshrc
_iis_metabase_patch() {
  local -a answers=("${(@f)$(iis-metabase-patch --get-yargs-completions "${(@)words[1,CURRENT]}" 2>/dev/null)}")
  if [[ -n "${answers[1]}" ]]; then compadd -- "${answers[@]}"; else _files; fi
}
if [[ "${funcstack[1]}" == _iis_metabase_patch ]]; then
  _iis_metabase_patch "$@"
else
  (( ${+functions[compdef]} )) || { autoload -Uz compinit && compinit }
  compdef _iis_metabase_patch iis-metabase-patch
fi
