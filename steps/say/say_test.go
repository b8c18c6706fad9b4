package say_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
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

func TestAReasonIsToldInTheLanguageOfItsSentence(t *testing.T) {
	const mixed = `始められません: control API: Delete "http://127.0.0.1:1/": dial tcp 127.0.0.1:1: connect: connection refused`
	const want = `始められません: 操作用 API: "http://127.0.0.1:1/" を消せません。127.0.0.1:1 につながりません`
	if got := say.Japanese.Failure(mixed); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if got := say.Japanese.Translate("world import: /tmp/w: control API: 404 no_such_world: there is no such world: w"); got !=
		"world import: /tmp/w: 操作用 API: 404 no_such_world: そのワールドはありません: w" {
		t.Error(got)
	}
	const own = `begin: control API: Delete "http://127.0.0.1:1/": dial tcp 127.0.0.1:1: connect: connection refused`
	if got := say.English.Failure(mixed); got != own {
		t.Errorf("%s\nwant %s", got, own)
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

// programming are errors that nobody meets who only runs the command, by how they
// begin.
var programming = []string{"suite: ", "a %T is no ", "a step made of other steps", "step definition", "%s is no function", "the template asks for",
	"godog ", "the step is ", "panic", "the environment gave", "WireMock: ", "a WireMock loses", "no fault ", "no scenario at ", "the pickle ", "no test case ",
	"%q names no driver", "attachment ", "the source of ", "%w reached", "remove earlier evidence", "take evidence", "keep evidence", "interrupted: ",
	"%w %s: the registration is at %s"}

// TestWhatIsWrongWithACommandIsInThePhraseBook reads the sources of what a command is
// refused with, and of what is wrong with features.
func TestWhatIsWrongWithACommandIsInThePhraseBook(t *testing.T) {
	words := regexp.MustCompile(`[a-z]{2,} [a-z]{2,}|[a-z]{4,}`)
	values := regexp.MustCompile(`%[a-z]`)
	problem := regexp.MustCompile(`\.(?:add|wrong)\((?:[^"()]|\([^)]*\))*"((?:[^"\\]|\\.)*)"`)
	found := 0
	for _, glob := range []string{"../../internal/suite/*.go", "../../internal/cli/*.go", "../../internal/settings/*.go", "../runner/*.go",
		"../../sandbox/server/*.go", "../provision/*.go", "../../client/*.go", "../../sandbox/place/*.go", "../../sandbox/store/open.go",
		"../../sandbox/store/sqlite*.go", "../../sandbox/store/postgres.go", "../../sandbox/world/fork.go", "../../sandbox/world/store.go",
		"../../sandbox/world/control_snapshot.go"} {
		files, err := filepath.Glob(filepath.FromSlash(glob))
		if err != nil || len(files) == 0 {
			t.Fatal(glob, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			all := format.FindAllStringSubmatch(string(source), -1)
			for _, m := range problem.FindAllStringSubmatch(string(source), -1) {
				if len(m[1]) > 0 && !strings.Contains(glob, "sandbox") { // there a timeline is added to
					all = append(all, []string{"", "%s:%d: " + m[1]})
				}
			}
			for _, m := range all {
				text := strings.TrimPrefix(strings.ReplaceAll(m[1], `\"`, `"`), "%w: ")
				_, last, _ := strings.Cut(text, ": ")
				if plain := values.ReplaceAllString(strings.TrimPrefix(text, "verify: "), ""); !words.MatchString(plain) ||
					strings.Trim(values.ReplaceAllString(last, ""), ": ") == "" && len(strings.Fields(text)) <= 4 {
					continue
				}
				if japanese.MatchString(text) && !strings.HasPrefix(text, "%s:%d: ") || slices.ContainsFunc(programming, func(begins string) bool {
					return strings.HasPrefix(strings.TrimPrefix(text, "%s:%d: "), begins)
				}) {
					continue
				}
				found++
				filled := values.ReplaceAllString(strings.ReplaceAll(strings.ReplaceAll(text, "%+v", "x"), "%d", "7"), "x")
				if told := say.Japanese.Translate(filled); told == filled && say.Japanese.Translate("verify new: "+filled) == "verify new: "+filled &&
					say.Japanese.Translate("verify -last-failed: "+filled) == "verify -last-failed: "+filled {
					t.Errorf("%s: %q is not in the phrase book", file, text)
				}
			}
		}
	}
	if found < 50 {
		t.Errorf("only %d sentences were found", found)
	}
}

// TestAFileMayBeCalledLikeAWord has files whose names are words of the phrase book.
func TestAFileMayBeCalledLikeAWord(t *testing.T) {
	for text, want := range map[string]string{
		"tls-cert: open none: no such file or directory":      "tls-cert: none: そのファイルやフォルダーはありません",
		"spec check: stat driver: no such file or directory":  "spec check: driver: そのファイルやフォルダーはありません",
		"seed: open none.yaml: no such file or directory":     "seed: none.yaml: そのファイルやフォルダーはありません",
		"save: mkdir /proc/x: no such file or directory":      "save: /proc/x: そのフォルダーは作れません。そのファイルやフォルダーがありません",
		"read verdicts: open nope: no such file or directory": "結果が読めません: nope: そのファイルやフォルダーはありません",
		"store: there is no such file: none.db":               "store: そのファイルはありません: none.db",
		"the providers' HTTP APIs: another process listens at 127.0.0.1:1: choose another port by -rest, or other ports for all by -ports 25000 " +
			"(-rest 127.0.0.1:0 takes any free one): taken": "事業者の HTTP API: 127.0.0.1:1 はほかのプロセスが使っています。-rest で別のポートを、" +
			"または -ports 25000 ですべてのポートを指定してください（-rest 127.0.0.1:0 なら空いているポートを使います）: taken",
	} {
		if got := say.Japanese.Translate(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

// TestWhatADriverWasAboutToDoIsInThePhraseBook reads the sources of the driver of pages.
func TestWhatADriverWasAboutToDoIsInThePhraseBook(t *testing.T) {
	files, err := filepath.Glob("../driver/browser/*.go")
	if err != nil {
		t.Fatal(err)
	}
	doing, found := regexp.MustCompile(`(?:s\.do|presses|Presses)\(ctx, "([^"]+)"`), 0
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range doing.FindAllStringSubmatch(string(source), -1) {
			if found++; !say.Knows(m[1] + ": %s") {
				t.Errorf("%s: %q is not in the phrase book", file, m[1])
			}
		}
	}
	const want = "ホームページから入力の画面まで進めません: 登録を始める: 画面「家」に「規約」という欄がありません"
	if got := say.Japanese.Failure(strings.Replace(want, "登録を始める", "begin a registration", 1)); got != want || found < 40 {
		t.Errorf("%d are found, one is %q, want %q", found, got, want)
	}
}
