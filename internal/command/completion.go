package command

// The command completion: scripts for shells, made from the table of commands and from the flags that each of them has. The four scripts are
// four small texts with holes: a library for this would be larger than what it saves.

import (
	"fmt"
	"strings"
)

func completionCommand() command {
	return command{
		name: "completion", args: "bash|zsh|fish|powershell",
		summary: "print a script that completes commands and flags in a shell",
		details: `The script completes the word msdkgen. Where msdkgen is a tool of a module, "go tool msdkgen" is completed by go's own script, if at all.

Examples:
  source <(msdkgen completion bash)                                   # in ~/.bashrc
  msdkgen completion zsh > "${fpath[1]}/_msdkgen"                      # then a new shell
  msdkgen completion fish > ~/.config/fish/completions/msdkgen.fish
  msdkgen completion powershell | Out-String | Invoke-Expression      # in $PROFILE
`,
		run:   completion,
		words: shellNames,
	}
}

// shells are the shells that a script can be made for, in the order of the help text.
func shells() []struct {
	name   string
	script func() string
} {
	return []struct {
		name   string
		script func() string
	}{{"bash", bashScript}, {"zsh", zshScript}, {"fish", fishScript}, {"powershell", powershellScript}}
}

func shellNames() []string {
	var names []string
	for _, s := range shells() {
		names = append(names, s.name)
	}
	return names
}

func completion(c *call) int {
	rest, exit, ok := c.parse()
	if !ok {
		return exit
	}
	if len(rest) != 1 {
		return c.usage("completion takes one shell: %s", strings.Join(shellNames(), ", "))
	}
	for _, s := range shells() {
		if s.name == rest[0] {
			fmt.Fprint(c.stdout, s.script())
			return exitDone
		}
	}
	return c.usage("there is no script for %q, only for %s", rest[0], strings.Join(shellNames(), ", "))
}

// flagWords are the flags of a command as they are typed, and those among them that a word follows.
func flagWords(c command) (all, valued []string) {
	for _, f := range flagsOf(c) {
		all = append(all, "--"+f.Name)
		if takesValue(f) {
			valued = append(valued, "--"+f.Name)
		}
	}
	return append(all, "--help"), valued
}

// argumentWords are the words that a command's arguments can be.
func argumentWords(c command) []string {
	if c.words == nil {
		return nil
	}
	return c.words()
}

// quoted puts a text between single quotes, in which the shells take everything as it is but the quote itself.
func quoted(text, quote string) string { return "'" + strings.ReplaceAll(text, "'", quote) + "'" }

func bashScript() string {
	var b strings.Builder
	fmt.Fprintf(&b, `# bash completion for msdkgen: source <(msdkgen completion bash)
_msdkgen() {
	local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command='' flags='' valued='' words='' word
	COMPREPLY=()
	for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
		case $word in
		-*) ;;
		*) command=$word && break ;;
		esac
	done
	case $command in
`)
	for _, c := range commands() {
		flags, valued := flagWords(c)
		fmt.Fprintf(&b, "	%s) flags='%s' valued='%s' words='%s' ;;\n", c.name, strings.Join(flags, " "), strings.Join(valued, " "), strings.Join(argumentWords(c), " "))
	}
	fmt.Fprintf(&b, `	'') flags='%s' words='%s' ;;
	esac
	case " $valued " in
	*" $previous "*) return ;; # its value: a file
	esac
	case $current in
	-*) words=$flags ;;
	esac
	while read -r word; do
		COMPREPLY+=("$word")
	done < <(compgen -W "$words" -- "$current")
}
complete -o default -o bashdefault -F _msdkgen msdkgen
`, strings.Join(append(defaultFlags(), "--version"), " "), strings.Join(commandNames(), " "))
	return b.String()
}

// defaultFlags are the flags that may stand without a command.
func defaultFlags() []string {
	flags, _ := flagWords(commands()[0])
	return flags
}

func zshScript() string {
	var b strings.Builder
	b.WriteString(`#compdef msdkgen
# zsh completion for msdkgen: msdkgen completion zsh > "${fpath[1]}/_msdkgen"
_msdkgen() {
	local -a commands
	commands=(
`)
	for _, c := range commands() {
		fmt.Fprintf(&b, "		%s\n", quoted(c.name+":"+strings.ReplaceAll(c.summary, ":", `\:`), `'\''`))
	}
	b.WriteString(`	)
	if (( CURRENT == 2 )) && [[ ${words[CURRENT]} != -* ]]; then
		_describe command commands
		return
	fi
	local command=''
	[[ ${words[2]} == -* ]] || command=${words[2]}
	case $command in
`)
	fmt.Fprintf(&b, "	'')\n		_arguments '--version[print the version]'%s\n		;;\n", zshFlags(commands()[0]))
	for _, c := range commands() {
		fmt.Fprintf(&b, "	%s)\n		_arguments '1:command:'%s", c.name, zshFlags(c))
		if words := argumentWords(c); words != nil {
			fmt.Fprintf(&b, " '*:argument:(%s)'", strings.Join(words, " "))
		} else {
			b.WriteString(" '*:file:_files'")
		}
		b.WriteString("\n		;;\n")
	}
	b.WriteString("	esac\n}\nif [[ ${funcstack[1]} == _msdkgen ]]; then\n	_msdkgen \"$@\"\nelse\n	compdef _msdkgen msdkgen\nfi\n")
	return b.String()
}

// zshFlags are the flags of a command as _arguments takes them.
func zshFlags(c command) string {
	var b strings.Builder
	for _, f := range flagsOf(c) {
		spec := "--" + f.Name
		if takesValue(f) {
			spec += "=" // "--flag value" and "--flag=value"
		}
		spec += "[" + strings.NewReplacer("[", `\[`, "]", `\]`).Replace(f.Usage) + "]"
		if takesValue(f) {
			spec += ":" + f.Name + ":_files"
		}
		b.WriteString(" " + quoted(spec, `'\''`))
	}
	return b.String() + " '--help[show how it is used]'"
}

func fishScript() string {
	var b strings.Builder
	b.WriteString(`# fish completion for msdkgen: msdkgen completion fish > ~/.config/fish/completions/msdkgen.fish
function __msdkgen_in --description 'whether the command on the line is this one, or none'
	set -l words (commandline -opc)
	for word in $words[2..-1]
		switch $word
			case '-*'
			case '*'
				test "$word" = "$argv[1]"
				return
		end
	end
	test -z "$argv[1]"
end
complete -c msdkgen -e
`)
	flag := func(here, name, usage string, valued bool) {
		value := ""
		if valued {
			value = " -r"
		}
		fmt.Fprintf(&b, "complete -c msdkgen -n %s -l %s%s -d %s\n", here, name, value, quoted(usage, `\'`))
	}
	const none = `'__msdkgen_in ""'`
	for _, f := range flagsOf(commands()[0]) {
		flag(none, f.Name, f.Usage, takesValue(f))
	}
	flag(none, "version", "print the version", false)
	for _, c := range commands() {
		fmt.Fprintf(&b, "complete -c msdkgen -n %s -f -a %s -d %s\n", none, c.name, quoted(c.summary, `\'`))
		here := "'__msdkgen_in " + c.name + "'"
		for _, f := range flagsOf(c) {
			flag(here, f.Name, f.Usage, takesValue(f))
		}
		flag(here, "help", "show how it is used", false)
		if words := argumentWords(c); words != nil {
			fmt.Fprintf(&b, "complete -c msdkgen -n %s -f -a %s\n", here, quoted(strings.Join(words, " "), `\'`))
		}
	}
	return b.String()
}

func powershellScript() string {
	var b strings.Builder
	b.WriteString(`# PowerShell completion for msdkgen: msdkgen completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName msdkgen -ScriptBlock {
	param($wordToComplete, $commandAst, $cursorPosition)
	$words = @{
`)
	list := func(words []string) string {
		var all []string
		for _, w := range words {
			all = append(all, quoted(w, "''"))
		}
		return "@(" + strings.Join(all, ", ") + ")"
	}
	var takers strings.Builder
	_, valued := flagWords(commands()[0])
	fmt.Fprintf(&b, "		'' = %s\n", list(append(append(commandNames(), defaultFlags()...), "--version")))
	fmt.Fprintf(&takers, "		'' = %s\n", list(valued))
	for _, c := range commands() {
		flags, valued := flagWords(c)
		fmt.Fprintf(&b, "		'%s' = %s\n", c.name, list(append(flags, argumentWords(c)...)))
		fmt.Fprintf(&takers, "		'%s' = %s\n", c.name, list(valued))
	}
	b.WriteString("	}\n	$valued = @{\n" + takers.String())
	b.WriteString(`	}
	$typed = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.Extent.Text })
	$command = ''
	foreach ($text in $typed) {
		if (-not $text.StartsWith('-')) { $command = $text; break }
	}
	if (-not $words.ContainsKey($command)) { return }
	if ($typed.Count -gt 0 -and $valued[$command] -contains $typed[-1]) { return } # its value: a file
	$words[$command] | Where-Object { $_ -like "$([System.Management.Automation.WildcardPattern]::Escape($wordToComplete))*" } | ForEach-Object {
		[System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
	}
}
`)
	return b.String()
}
