# Completion of iis-metabase-patch for PowerShell: add this line to $PROFILE
#   iis-metabase-patch completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName 'iis-metabase-patch', 'iis-metabase-patch.exe' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $length = $cursorPosition - $commandAst.Extent.StartOffset
    $words = @($commandAst.Extent.Text.PadRight($length).Substring(0, $length) -split '\s+')
    $typed = $words[-1]
    if ($typed -eq '') { $words[-1] = ' ' }
    $start = [Math]::Max(0, $typed.Length - $wordToComplete.Length)
    $command = $commandAst.GetCommandName()
    & $command --get-yargs-completions $words 2>$null | ForEach-Object {
        $answer = $_.Substring($start)
        [System.Management.Automation.CompletionResult]::new($answer, $answer, 'ParameterValue', $answer)
    }
}
