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
	local command=generate
	[[ ${words[2]} == -* ]] || command=${words[2]}
	case $command in
`)
	for _, c := range commands() {
		fmt.Fprintf(&b, "	%s)\n		_arguments", c.name)
		if c.name != commands()[0].name {
			b.WriteString(" '1:command:'")
		}
		for _, f := range flagsOf(c) {
			spec := "--" + f.Name + "[" + f.Usage + "]"
			if takesValue(f) {
				spec += ":" + f.Name + ":_files"
			}
			b.WriteString(" " + quoted(spec, `'\''`))
		}
		b.WriteString(" '--help[show how it is used]'")
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

func fishScript() string {
	var b strings.Builder
	b.WriteString("# fish completion for msdkgen: msdkgen completion fish > ~/.config/fish/completions/msdkgen.fish\ncomplete -c msdkgen -e\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "complete -c msdkgen -n __fish_use_subcommand -f -a %s -d %s\n", c.name, quoted(c.summary, `\'`))
		here := "'__fish_seen_subcommand_from " + c.name + "'"
		for _, f := range flagsOf(c) {
			value := ""
			if takesValue(f) {
				value = " -r"
			}
			fmt.Fprintf(&b, "complete -c msdkgen -n %s -l %s%s -d %s\n", here, f.Name, value, quoted(f.Usage, `\'`))
		}
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
	fmt.Fprintf(&b, "		'' = %s\n", list(append(commandNames(), defaultFlags()...)))
	for _, c := range commands() {
		flags, _ := flagWords(c)
		fmt.Fprintf(&b, "		'%s' = %s\n", c.name, list(append(flags, argumentWords(c)...)))
	}
	b.WriteString(`	}
	$command = ''
	foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {
		$text = $element.ToString()
		if ($text -notlike '-*' -and $text -ne $wordToComplete) { $command = $text; break }
	}
	if ($words.ContainsKey($command)) {
		$words[$command] | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
			[System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
		}
	}
}
`)
	return b.String()
}
