package cli_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/netanswer/internal/cli"
	"example.com/netanswer/steps/provision"
	"example.com/netanswer/steps/say"
)

func TestSetupAloneOnlyTells(t *testing.T) {
	t.Parallel()
	cache := filepath.Join(t.TempDir(), "cache")
	said, err := run(t.Context(), "setup", "-cache", cache)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"ドライバー: なし", "用途: ", "setup browser がすること: ", "足りないものを入れるには: netanswer setup browser"} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q:\n%s", want, said)
		}
	}
	if _, err := os.Stat(cache); err == nil {
		t.Error("something was installed")
	}
	for _, args := range [][]string{{"setup", "everything"}, {"setup", "browser", "please"}, {"setup", "-force"}} {
		if _, err := run(t.Context(), args...); err == nil {
			t.Errorf("%q is carried out", args)
		}
	}
}

func TestSetupBrowserSpeaksItsReadersLanguage(t *testing.T) {
	t.Parallel()
	for language, want := range map[say.Language]string{
		say.Japanese: "ブラウザー: Playwright の firefox をダウンロードしています …\nフォント: fontconfig を apt-get で入れています …\nドライバー: あり  playwright-core 1.60.0（/c、実行するのは /n）\nフォント: 用意しました  /f.ttc\n",
		say.English: "browser  downloading Playwright's firefox …\nfonts    apt-get install fontconfig …\n" +
			"driver   found      playwright-core 1.60.0 in /c, run by /n\nfonts    installed  /f.ttc\n",
	} {
		var said strings.Builder
		out := cli.NeedsSpoken(&said, language)
		for _, piece := range []string{"browser  downloading Playwright's firefox …\nfonts    apt-get install fontconfig …\n",
			"driver   found      playwright-core 1.60.0 in /c, ", "run by /n\nfonts    ", "installed  /f.ttc\n"} {
			if n, err := out.Write([]byte(piece)); n != len(piece) || err != nil {
				t.Errorf("%d of %d bytes: %v", n, len(piece), err)
			}
		}
		if said.String() != want {
			t.Errorf("%v:\n%swant\n%s", language, said.String(), want)
		}
	}
	told := say.Japanese.Translate((&provision.MissingError{Item: "browser", Tried: []error{errors.New("apt-get: not root")},
		Instruction: "sudo apt-get install chromium"}).Error())
	if want := "ブラウザー: 用意できませんでした\n  試したこと: apt-get を使うには root である必要があります\n  sudo apt-get install chromium"; told != want {
		t.Errorf("a thing that could not be installed:\n%s\nwant\n%s", told, want)
	}
}
