# Completion of iis-metabase-patch for bash: iis-metabase-patch completion bash >> ~/.bashrc
_iis_metabase_patch() {
  local IFS=$'\n' word="${COMP_WORDS[COMP_CWORD]#=}"
  COMPREPLY=($(compgen -W "$(iis-metabase-patch --get-yargs-completions "${COMP_WORDS[@]:0:COMP_CWORD+1}" 2>/dev/null)" -- "$word"))
}
complete -o bashdefault -o default -F _iis_metabase_patch iis-metabase-patch
