package say_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"example.com/netanswer/steps/say"
)

func TestASentenceIsToldInEitherLanguage(t *testing.T) {
	for ja, en := range map[string]string{
		"花子さんの画面は「有効期限切れ」のはずが「完了」です（知らせ: ようこそ）": "花子さん should be at the screen 「有効期限切れ」 but is at 「完了」 (notice: ようこそ)",
		"10のシナリオが失敗しました":                           "10 scenarios failed",
		"api: 成功 27、失敗 10、判定不能・未実行 0、対象外 3（152ms）": "api: passed 27, failed 10, not judged 0, not for this driver 3 (152ms)",
		"  規則 p34-7（文書）: 有効期限は10分":                 "  rule p34-7 (documented): 有効期限は10分",
		"誰も知らない文":                                  "誰も知らない文",
		"":                                         "",
	} {
		if got := say.English.Translate(ja); got != en {
			t.Errorf("%s\nbecomes %s\nwant    %s", ja, got, en)
		}
		if got := say.Japanese.Translate(en); got != ja {
			t.Errorf("%s\nbecomes %s\nwant    %s", en, got, ja)
		}
		if got := say.Language("").Translate(ja); got != ja {
			t.Errorf("%s becomes %s", ja, got)
		}
	}
}

func TestAFailureMayQuoteSeveralLines(t *testing.T) {
	const ja, en = "SMSの文面は「一行目\n二行目」のはずが「一行目\n三行目」です", "the text of the SMS should be 「一行目\n二行目」 but is 「一行目\n三行目」"
	if got := say.English.Failure(ja); got != en {
		t.Error(got)
	}
	if got := say.Japanese.Failure(ja); got != ja {
		t.Error(got)
	}
}

func TestOnlyTwoLanguagesAreKnown(t *testing.T) {
	if l, err := say.Parse("en"); l != say.English || err != nil {
		t.Error(l, err)
	}
	for _, text := range []string{"", "fr", "EN"} {
		if _, err := say.Parse(text); err == nil {
			t.Errorf("%q is a language", text)
		}
	}
}

var (
	format   = regexp.MustCompile(`(?:Errorf|errors\.New)\("((?:[^"\\]|\\.)*)"`)
	japanese = regexp.MustCompile(`[ぁ-んァ-ヶ一-龠]`)
	english  = regexp.MustCompile(`[a-z]{3,} [a-z]+ [a-z]+`)
	goValue  = regexp.MustCompile(`%(?:v|\+v|#v|t|T)`)
)

// TestWhatIsPerceivedIsInThePhraseBook reads the sources of what perceives: a
// sentence that a scenario may fail with is told in both languages, and has no
// value as Go writes it.
func TestWhatIsPerceivedIsInThePhraseBook(t *testing.T) {
	found := 0
	names := regexp.MustCompile(`equal\("([^"]*)"`)
	for _, folder := range []string{"actor", "driver/api", "integrator"} {
		files, err := filepath.Glob(filepath.Join("..", filepath.FromSlash(folder), "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range names.FindAllStringSubmatch(string(source), -1) {
				if !say.Knows(m[1]) {
					t.Errorf("%s: %q is not in the phrase book", file, m[1])
				}
			}
			for _, m := range format.FindAllStringSubmatch(string(source), -1) {
				text := m[1]
				// what cannot be asked is told with its reason, and what a scenario writes wrongly in English
				if !japanese.MatchString(text) || strings.HasPrefix(text, "%w: ") || english.MatchString(text) ||
					strings.Contains(text, " is ") ||
					strings.Contains(text, "has no") ||
					strings.HasSuffix(text, "「") {
					continue
				}
				found++
				if !say.Knows(text) {
					t.Errorf("%s: %q is not in the phrase book", file, text)
				}
				if goValue.MatchString(text) {
					t.Errorf("%s: %q tells a value as Go writes it", file, text)
				}
			}
		}
	}
	if found < 50 {
		t.Errorf("only %d sentences were found", found)
	}
}
