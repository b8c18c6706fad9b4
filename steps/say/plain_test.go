package say_test

import (
	"testing"

	"example.com/netanswer/steps/say"
)

func TestPlainTextSteersNothing(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                            "",
		"登録\t完了\n次":                   "登録\t完了\n次",
		"\x1b[31m赤\x1b[0m":            "赤",
		"\x1b]0;題名\a":                 "�]0;題名�",
		"一\r\n二":                      "一\n二",
		"\u202etxt.exe":               "�txt.exe",
		"a\u2066b\u2069c\u200e\u061c": "a�b�c��",
		"\x00\u0085\x7f\ufffe":        "����",
		"👨\u200d👩\u200d👧 は一つの絵":               "👨\u200d👩\u200d👧 は一つの絵",
		"half \xff a letter":                  "half \xff a letter",
		"\x1b[2Jhalf \xff a letter, steering": "half � a letter, steering",
	} {
		if got := say.Plain(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
