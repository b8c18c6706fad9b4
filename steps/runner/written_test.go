package runner

import (
	"strings"
	"testing"

	messages "github.com/cucumber/messages/go/v34"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
)

// TestAFileIsReadAsItsWriterMeansIt is about what Japanese editors and people put
// into feature files.
func TestAFileIsReadAsItsWriterMeansIt(t *testing.T) {
	for name, tt := range map[string][2]string{
		"plain":                          {"機能: x\n  前提 花子さんが\n", "機能: x\n  前提 花子さんが\n"},
		"a full space after the keyword": {"前提　花子さんが\n", "前提 花子さんが\n"},
		"full indentation":               {"　　もし 花子さんが\n", "    もし 花子さんが\n"},
		"both":                           {"　ならば　 花子さんが\n", "  ならば 花子さんが\n"},
		"a space that does not break":    {"\u00a0かつ\u00a0花子さんが\n", " かつ 花子さんが\n"},
		"line ends of DOS":               {"機能: x\r\n  前提 a\r\n", "機能: x\n  前提 a\n"},
		"line ends of an old Macintosh":  {"機能: x\r  前提 a\r", "機能: x\n  前提 a\n"},
		"a byte order mark":              {"\ufeff機能: x\n", "機能: x\n"},
		"cells":                          {"　|　a　|　b c　|\n", "  | a | b c |\n"},
		"a cell with an edge":            {"　| a\\|b |\n", "  | a\\|b |\n"},
		"tags":                           {"　＠p34-1　@TEAM\n", "  @p34-1 @TEAM\n"},
		"a full colon": {"＃　language：ja\n機能： x\n　シナリオアウトライン　：y\n　例：\n",
			"# language: ja\n機能: x\n  シナリオアウトライン:y\n  例:\n"},
		"a full colon elsewhere":        {"もし 時刻は10：00\n  注：x\n", "もし 時刻は10：00\n  注：x\n"},
		"half brackets":                 {"もし ｢山田｣と\n", "もし 「山田」と\n"},
		"a text in quotes":              {"　\"\"\"\n　前提　x\n　\"\"\"\n　前提　y\n", "  \"\"\"\n　前提　x\n  \"\"\"\n  前提 y\n"},
		"what is said keeps its spaces": {"もし 花子さんが「山田　花子」と\n", "もし 花子さんが「山田　花子」と\n"},
	} {
		if diff := cmp.Diff(tt[1], string(written([]byte(tt[0])))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestAFileIsReadInWhateverItWasSaved: the editors of Windows save other than UTF-8,
// and Japanese people know that their file is Japanese.
func TestAFileIsReadInWhateverItWasSaved(t *testing.T) {
	t.Parallel()
	const text = "# language: ja\n@p34-7\n機能: 確認\n  シナリオ: 一\n    もし する\n"
	encoded := func(e encoding.Encoding) string {
		out, err := e.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for name, file := range map[string]string{"UTF-8": text, "no language told": strings.Replace(text, "# language: ja", "# うち", 1),
		"Shift_JIS": encoded(japanese.ShiftJIS), "EUC-JP": encoded(japanese.EUCJP),
		"UTF-16": encoded(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM))} {
		f, wrong := parse("a.feature", []byte(file), (&messages.Incrementing{}).NewId)
		if len(wrong) > 0 || f.doc.Name != "確認" || f.doc.Language != "ja" || len(f.pickles) != 1 {
			t.Errorf("%s: %v, %+v", name, wrong, f)
		}
	}
	_, wrong := parse("a.feature", []byte("\x89PNG\r\n\x1a\n\xff\xfe"), (&messages.Incrementing{}).NewId)
	if len(wrong) != 1 || !strings.Contains(wrong[0].Text, "UTF-8") {
		t.Errorf("a picture: %v", wrong)
	}
}

func TestATagOfATeamsOwnIsToldFromAMistake(t *testing.T) {
	for tag, want := range map[string]string{"@smoke": "", "@TEAM-123": "", "@jira:ABC-1": "", "@PROJ-34": "", "@wip": "",
		"@サンドボクス": tagSandbox, "@iphone": tagIPhone, "@ＩＰｈｏｎｅ": tagIPhone, "@スマートフォンン": tagPhone, "@a8": "@a-8", "@P34-7x": "", "@p34_7": "@p34-7", "@a_08": "@a-08"} {
		if got := nearly(tag); got != want {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
	}
}

func FuzzWritten(f *testing.F) {
	f.Add("　前提　x\r\n　|　a　|\n　\"\"\"\n")
	f.Fuzz(func(t *testing.T, text string) {
		once := written([]byte(text))
		if again := written(once); string(again) != string(once) {
			t.Errorf("%q, and again %q", once, again)
		}
		if strings.Count(string(once), "\n") < strings.Count(text, "\n")-strings.Count(text, "\r\n") {
			t.Errorf("%q has lost a line", text)
		}
	})
}
