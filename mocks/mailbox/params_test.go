package mailbox

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAParameterInPiecesIsReadAsAWhole(t *testing.T) {
	for name, tt := range map[string]struct{ text, file string }{
		"one value":                     {"attachment; filename=a.png", "a.png"},
		"UTF-8":                         {"attachment; filename*=utf-8''%E3%81%82.png", "あ.png"},
		"Shift_JIS":                     {"attachment; filename*=Shift_JIS'ja'%82%A0.png", "あ.png"},
		"a set that is not named":       {"attachment; filename*=''%E3%81%82.png", "あ.png"},
		"a set that is unknown":         {"attachment; filename*=x-none''%E3%81%82.png", "あ.png"},
		"no quotes at all":              {"attachment; filename*=a%20b.png", "a b.png"},
		"pieces that are not encoded":   {"attachment; filename*0=ab; filename*1=c.png", "abc.png"},
		"pieces in another order":       {"attachment; filename*1=c.png; filename*0=ab", "abc.png"},
		"more than ten pieces":          {"x; filename*0*=''a; filename*1=b; filename*2=c; filename*3=d; filename*4=e; filename*5=f; filename*6=g; filename*7=h; filename*8=i; filename*9=j; filename*10=k", "abcdefghijk"},
		"a piece that is missing":       {"attachment; filename*0*=''a; filename*2=c", "a"},
		"no set, and a piece in quotes": {"attachment; filename*0*=\"''attached%2E\"; filename*1*=\"%62\"; filename*2=at", "attached.bat"},
		"ISO-2022-JP cut within its escapes": {
			"attachment; filename*0*=ISO-2022-JP''%1B%24B%24%22%24%24%24%26%24%28%24*%24%22%24%24; filename*1*=%24%26%24%28%24*%1B%28B.png",
			"あいうえおあいうえお.png"},
		"both ways, of which the better is read": {"attachment; filename=\"a.png\"; filename*=ISO-2022-JP''%1B%24B%24%22%1B%28B.png", "あ.png"},
	} {
		_, params, err := parameters(tt.text)
		if err != nil || params["filename"] != tt.file {
			t.Errorf("%s: %v %s", name, err, cmp.Diff(tt.file, params["filename"]))
		}
	}
}
