package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"example.com/netanswer/internal/suite"
	"example.com/netanswer/steps/runner"
	"example.com/netanswer/steps/say"
)

// stepsCommand is `netanswer verify steps`: what scenarios can say.
func stepsCommand(p Process, args []string) error {
	set := p.settings("verify steps", args)
	asJSON := set.Bool("json", false, "as JSON, for tools")
	var words []string
	set.Words(&words)
	if err := set.Parse(args, nil); err != nil {
		return err
	}
	found, err := suite.Steps(words...)
	switch {
	case err != nil:
		return err
	case len(found) == 0:
		return fmt.Errorf("verify steps: no step has %s", strings.Join(words, " "))
	case *asJSON:
		out := json.NewEncoder(p.Out)
		out.SetEscapeHTML(false)
		out.SetIndent("", "  ")
		return out.Encode(found)
	}
	for _, s := range found {
		if _, err := fmt.Fprint(p.Out, shown(s, p.languageOf(args))); err != nil {
			return err
		}
	}
	return nil
}

// shown is a step as a person looks it up.
func shown(s runner.StepHelp, l say.Language) string {
	text := s.Keyword + " " + s.Says
	if s.Rows {
		text += l.Of("  | 表 |", "  | table |")
	}
	if s.Text {
		text += l.Of("  \"\"\" 文 \"\"\"", "  \"\"\" text \"\"\"")
	}
	return fmt.Sprintf(l.Of("%s\n    例 %s\n       %s\n", "%s\n    e.g. %s\n       %s\n"), text, s.Example, s.At)
}

// oneFile is the file that a command line names, "" for none.
func oneFile(words []string) (string, error) {
	if len(words) > 1 {
		return "", fmt.Errorf("want one file, not %s", strings.Join(words, " and "))
	}
	return strings.Join(words, ""), nil
}

// newCommand is `netanswer verify new`: a feature to begin with.
func newCommand(p Process, args []string) error {
	set := p.settings("verify new", args)
	rule := set.String("rule", "p34-7", "the rule that the scenario proves")
	var files []string
	set.Words(&files)
	if err := set.Parse(args, nil); err != nil {
		return err
	}
	file, err := oneFile(files)
	if err != nil {
		return fmt.Errorf("verify new: %w", err)
	}
	if !strings.HasSuffix(file, ".feature") {
		return errors.New("verify new: name a file, like ours/passcode.feature")
	}
	rules, err := suite.EveryRule()
	if err != nil {
		return err
	}
	says := ""
	for _, r := range rules {
		if r.ID == *rule {
			says = r.Says
		}
	}
	if says == "" {
		return fmt.Errorf("verify new: rule %q is not in the register", *rule)
	}
	if err := create(file, fmt.Sprintf(newFeature, *rule, says)); err != nil {
		return fmt.Errorf("verify new: %w", err)
	}
	_, err = fmt.Fprintf(p.Out, "%s\nnetanswer verify -driver api -features %s\n", file, filepath.ToSlash(filepath.Dir(file)))
	return err
}

// create writes a file that must not be there yet.
func create(file, text string) (err error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already", file)
	}
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}

const newFeature = `# language: ja
機能: （何の機能か）
  （だれが、何のために求めるのか）

  # タグは、証す規則の番号。使えるステップは netanswer verify steps で探せます。
  @%s
  ルール: %s

    シナリオ: 届いたパスコードで登録が完了する
      前提 花子さんがSMSでパスコードを受け取っている
      もし 花子さんが届いたパスコードを入力する
      ならば 「完了」の画面になる
`

// featuresCommand is `netanswer features`.
func featuresCommand(p Process, args []string) error {
	if len(args) == 0 || args[0] != "export" {
		return errors.New("features: the command is features export")
	}
	set := p.settings("features export", args[1:])
	dir := set.String("out", "scenarios", "folder that gets features/, and the settings of an editor; it must not have them yet")
	var folders []string
	set.Words(&folders)
	if err := set.Parse(args[1:], nil); err != nil {
		return err
	}
	switch {
	case len(folders) > 1 || len(folders) == 1 && set.Placed()["out"]:
		return fmt.Errorf("features export: want one folder, not %s", strings.Join(folders, " and "))
	case len(folders) == 1:
		*dir = folders[0]
	}
	files, err := suite.Export()
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := create(filepath.Join(*dir, filepath.FromSlash(f.Name)), f.Text); err != nil {
			return fmt.Errorf("features export: %w", err)
		}
	}
	_, err = fmt.Fprintf(p.Out, p.languageOf(args).Of(
		"%[1]s に%[2]d件のファイル（シナリオとエディターの設定）を書きました。エディターでこのフォルダーを開いてください。動かすには:\n  netanswer verify -features %[1]s/features\n",
		"%[1]s has %[2]d files now: scenarios, and settings of an editor. Open this folder in your editor. To run them:\n  netanswer verify -features %[1]s/features\n"),
		filepath.ToSlash(*dir), len(files))
	return err
}
