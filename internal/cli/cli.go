// Package cli is the commands of netanswer, one file each: flags in, one call
// out.
package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"example.com/netanswer/internal/settings"
	"example.com/netanswer/steps/say"
)

// A line of help is how something is called, and what it does.
type helpLine struct{ call, ja, en string }

// usage is what -h lists.
var usage = []helpLine{
	{"netanswer [serve] [flags]", "サンドボックスを起動する",
		"serve the sandbox"},
	{"netanswer verify [flags]", "日本語のシナリオを、サンドボックスに対して動かす",
		"run the Japanese scenarios against it"},
	{"netanswer verify -target target.yaml", "シナリオを、自分たちの実装に対して動かす",
		"run them against an implementation of your own"},
	{"netanswer target init URL", "自分たちの実装を見て、target.yaml の書き出しを作る",
		"look at an implementation of your own, and write a target.yaml to begin with"},
	{"netanswer target schema", "target.yaml の JSON Schema を表示する（エディター用）",
		"print the JSON Schema of a target.yaml, for editors"},
	{"netanswer verify doctor", "target.yaml に書いたものを、先に試す",
		"try first what a target.yaml names"},
	{"netanswer verify steps [WORD...]", "シナリオで使えるステップを、例とともに並べる。言葉を書けば、それを含むものだけ",
		"list the steps that scenarios can use, each with an example; with words, those that hold them all"},
	{"netanswer verify new FILE", "書き始めの機能ファイルを作る",
		"write a feature to begin with"},
	{"netanswer verify defects [WORD...]", "-defect で壊せるものを並べる",
		"list what -defect can break"},
	{"netanswer features export [DIR]", "シナリオとエディターの設定を、フォルダーに書き出す",
		"write the scenarios, and settings for an editor, into a folder"},
	{"netanswer merge [flags] DIR...", "分けて動かした実行の報告を、一つにまとめる",
		"join the reports of shards and drivers"},
	{"netanswer qualify [flags]", "ミューテーションテスト。サンドボックスを一か所ずつ壊し、どのシナリオが気づくかを見る",
		"mutation testing: break the sandbox in every known way, one at a time, and see which scenarios notice"},
	{"netanswer spec [flags]", "仕様書をサイトとして書き出す",
		"write the specification as a site"},
	{"netanswer spec approve RULE... -by NAME", "規則とそのシナリオを承認したことを書きとめる",
		"note that somebody approves rules with their scenarios"},
	{"netanswer spec check", "承認したときから変わっていないかを調べる",
		"is what was approved still what is said?"},
	{"netanswer spec table FILE", "規則・シナリオ・判定の表を .csv か .xlsx に書き出す",
		"rules, scenarios and verdicts as .csv or .xlsx"},
	{"netanswer issuer export", "発行元（基幹システム）を WireMock のファイルとして書き出す",
		"write the card company's core system as files for WireMock"},
	{"netanswer setup", "verify に要るブラウザーがあるか、setup browser が何をするかを示す",
		"tell whether the browser that verify needs is here, and what setup browser would do"},
	{"netanswer setup browser", "それを入れる",
		"install it"},
	{"netanswer open [PLACE]", "登録を passcode などの状態まで進め、ブラウザーで開く。状態を書かなければ、一覧を示す",
		"bring a registration to a state, like passcode, and open it in the browser; without a place, list them"},
	{"netanswer store list", "ファイルやデータベースにあるワールドを並べる（-store sqlite:FILE か postgres://…）",
		"list the worlds that a file or database keeps (-store sqlite:FILE or postgres://…)"},
	{"netanswer store check", "そのすべてを読んでみる",
		"read all of them"},
	{"netanswer store prune", "-world-idle のあいだ使われなかったものを消す",
		"end those that were not used for -world-idle"},
	{"netanswer world", "ワールドを一覧・分岐・保存・書き出し・取り込みする",
		"list, fork, keep, export and import worlds"},
	{"netanswer health [flags]", "動いているサンドボックスが正常かを確かめる",
		"ask whether a running sandbox is well"},
	{"netanswer mcp [flags]", "AI アシスタントがサンドボックスを Model Context Protocol で操作できるようにする",
		"let an assistant control a running sandbox, by the Model Context Protocol"},
	{"netanswer version [flags]", "ビルドの版を示す。-licences なら、含むものの著作権表示とライセンス",
		"show the version of the build; with -licences, the notices and licences of what it contains"},
}

// helpText is what lines of help say in a language.
func helpText(lines []helpLine, language say.Language) string {
	var said strings.Builder
	for _, l := range lines {
		fmt.Fprintf(&said, "  %-40s %s\n", l.call, language.Of(l.ja, l.en))
	}
	return said.String()
}

// help is what `netanswer help` says.
func help(language say.Language) string {
	return language.Of("netanswer: サンドボックス（テスト専用）\n\n", "netanswer: sandbox (TEST ONLY)\n\n") + helpText(usage, language) +
		language.Of("\nフラグの一覧は netanswer <コマンド> -h で見られます。英語では -lang en です。\n", "\nnetanswer <command> -h lists the flags of a command.\n")
}

// A Process is what a command has of the process it runs in.
type Process struct {
	In       io.Reader // only mcp reads it
	Out, Err io.Writer
	Environ  []string // as os.Environ returns it
	Legal    fs.FS    // NOTICE, of what the binary contains, and LICENSE
}

// variable is the value of a variable of the process, "" where there is none.
func (p Process) variable(name string) string {
	for _, pair := range p.Environ {
		if value, ok := strings.CutPrefix(pair, name+"="); ok {
			return value
		}
	}
	return ""
}

var commands = map[string]func(context.Context, Process, []string) error{
	"serve":    serveCommand,
	"verify":   verifyCommand,
	"merge":    mergeCommand,
	"qualify":  qualifyCommand,
	"spec":     specCommand,
	"issuer":   issuerCommand,
	"setup":    setupCommand,
	"health":   healthCommand,
	"store":    storeCommand,
	"mcp":      mcpCommand,
	"open":     openCommand,
	"world":    worldCommand,
	"features": func(_ context.Context, p Process, args []string) error { return featuresCommand(p, args) },
	"target":   targetCommand,
	"version":  versionCommand,
	"help":     helpCommand,
}

// Run carries out one command. Without a command it serves. It returns when the
// command is done or ctx has ended; flag.ErrHelp where only help was asked for.
func Run(ctx context.Context, p Process, args []string) error {
	trustAuthorities()
	name := "serve"
	switch {
	case len(args) == 0:
	case asksHelp(args[0]):
		name = "help"
	case args[0] != "" && args[0][0] != '-':
		name, args = args[0], args[1:]
	}
	command, known := commands[name]
	if !known {
		return p.told(fmt.Errorf("unknown command %q\n\n%s", name, help(p.languageOf(args))), args)
	}
	if len(args) > 0 && asksHelp(args[0]) && slices.Contains([]string{"issuer", "features", "target"},
		name) { // they have no flags of their own
		_, err := io.WriteString(p.Err, linesOf(name, p.languageOf(args)))
		return errors.Join(err, flag.ErrHelp)
	}
	err := command(ctx, p, args)
	return p.told(err, args)
}

// languageOf is the language that the arguments ask for, else the variable.
func (p Process) languageOf(args []string) say.Language {
	return say.Language(settings.LanguageOf(args, p.Environ))
}

// settings begins the settings of a command, whose help speaks the language of its
// arguments, and says how the command is called before it lists the flags.
func (p Process) settings(command string, args []string) *settings.Set {
	set := settings.New(command, p.Err, string(p.languageOf(args)))
	set.Language()
	flags := set.Usage
	set.Usage = func() {
		if lines := linesOf(command, p.languageOf(args)); lines != "" {
			fmt.Fprintln(set.Output(), lines) // as the package flag does
		}
		flags()
	}
	return set
}

// told is an error in the language that the arguments ask for. What strangers have
// written into it steers no terminal.
func (p Process) told(err error, args []string) error {
	if err == nil || errors.Is(err, flag.ErrHelp) {
		return err
	}
	return toldError{err, say.Plain(p.languageOf(args).Translate(err.Error()))}
}

func asksHelp(arg string) bool { return arg == "-h" || arg == "-help" || arg == "--help" }

// linesOf is what help says of a command.
func linesOf(name string, language say.Language) string {
	var lines []helpLine
	for _, l := range usage {
		if strings.HasPrefix(l.call+" ", "netanswer "+name+" ") {
			lines = append(lines, l)
		}
	}
	return helpText(lines, language)
}

func helpCommand(_ context.Context, p Process, args []string) error {
	_, err := io.WriteString(p.Out, help(p.languageOf(args)))
	return err
}
