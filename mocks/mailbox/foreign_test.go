package mailbox_test

import (
	"embed"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/japanese"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/mocks/mailbox"
)

//go:embed testdata/foreign
var foreign embed.FS

// accept takes a mail that has to be taken.
func accept(t testing.TB, b *mailbox.Box, raw string) mailbox.Mail {
	t.Helper()
	m, err := b.Accept("hanako@example.jp", []byte(raw), noon, 1000)
	if err != nil || m.Raw != raw {
		t.Fatalf("%.60q: %v", raw, err)
	}
	return m
}

func TestMailIsReadAsProgramsSendIt(t *testing.T) {
	const code = "482913"
	for file, want := range map[string]mailbox.Mail{
		"cp50221.eml":        {Subject: "ご登録の案内", Text: "ご登録の案内です。パスコード 482913"},
		"iso-2022-jp-ms.eml": {Subject: "ご登録の案内", Text: "ご登録の案内です。パスコード 482913"},
		"cp932.eml":          {Subject: "ご登録の案内①", Text: "ご登録の案内です。パスコード 482913"},
		"cte-8bits.eml": {Subject: "cte", Text: "ご登録の案内です。パスコード 482913",
			Flaws: []string{`Content-Transfer-Encoding "8bits" is unknown; shown as it came`}},
		"cte-8bits-in-part.eml": {Subject: "part", Text: "ご登録の案内です。パスコード 482913",
			Flaws: []string{`Content-Transfer-Encoding "8bits" is unknown; shown as it came`}},
	} {
		raw, err := foreign.ReadFile("testdata/foreign/" + file)
		if err != nil {
			t.Fatal(err)
		}
		m := accept(t, &mailbox.Box{}, string(raw))
		got := mailbox.Mail{Subject: m.Subject, Text: strings.TrimSpace(m.Text), Flaws: m.Flaws}
		if got.Subject != want.Subject || got.Text != want.Text || !cmp.Equal(got.Flaws, want.Flaws) || m.Passcode == nil ||
			m.Passcode.Code != code {
			t.Errorf("%s: %q %q %q %+v", file, got.Subject, got.Text, got.Flaws, m.Passcode)
		}
	}
}

// TestEveryLabelOfACharsetMeansWhatItMeans tries the labels that Japanese
// senders use (RFC 1468, IANA's registry, Microsoft's code pages, PHP's and
// Java's names).
func TestEveryLabelOfACharsetMeansWhatItMeans(t *testing.T) {
	const text = "認証コードは482913です。髙﨑①"
	encode := map[string][]byte{}
	for name, e := range map[string]interface{ Bytes([]byte) ([]byte, error) }{
		"sjis": japanese.ShiftJIS.NewEncoder(), "jis": japanese.ISO2022JP.NewEncoder(), "euc": japanese.EUCJP.NewEncoder()} {
		say := text
		if name == "jis" {
			say = "認証コードは482913です。①"
		}
		raw, err := e.Bytes([]byte(say))
		if err != nil {
			t.Fatal(name, err)
		}
		encode[name] = raw
	}
	for name, labels := range map[string]string{
		"sjis": "Shift_JIS shift-jis SJIS x-sjis SJIS-win cp932 CP932 MS932 Windows-31J ms_kanji csShiftJIS windows-932",
		"jis":  "ISO-2022-JP iso2022jp ISO-2022-JP-MS iso-2022-jp-1 iso-2022-jp-2 iso-2022-jp-3 cp50220 CP50221 cp50222 csISO2022JP JIS",
		"euc":  "EUC-JP eucJP eucJP-ms eucjp-win cp51932 CP51932 x-euc-jp ujis windows-51932",
	} {
		for label := range strings.FieldsSeq(labels) {
			m := accept(t, &mailbox.Box{}, "Subject: x\r\nContent-Type: text/plain; charset=\""+label+"\"\r\n\r\n"+string(encode[name]))
			if !strings.HasPrefix(m.Text, "認証コードは482913です。") || !strings.HasSuffix(m.Text, "①") || len(m.Flaws) > 0 {
				t.Errorf("%s: %q %q", label, m.Text, m.Flaws)
			}
		}
	}
}

func TestVariantsOfISO2022JP(t *testing.T) {
	for name, tt := range map[string][2]string{
		"SO and SI around half-width kana (CP50222)": {"\x0e6]\x0f 482913", "ｶﾝ 482913"},
		"an escape to half-width kana (CP50221)":     {"\x1b(I6]\x1b(B 482913", "ｶﾝ 482913"},
		"kana of eight bits":                         {"\xb6\xdd 482913", "ｶﾝ 482913"},
		"a line that ends in kanji":                  {"\x1b$BG'>Z\r\n482913", "認証\n482913"},
	} {
		m := accept(t, &mailbox.Box{}, "Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n"+tt[0])
		if m.Text != tt[1] {
			t.Errorf("%s: %q, want %q", name, m.Text, tt[1])
		}
	}
}

func TestACharsetThatIsNotGivenIsGuessedAndSaidToBe(t *testing.T) {
	const text = "ご登録の案内です。認証コード 482913"
	sjis, _ := japanese.ShiftJIS.NewEncoder().String(text)
	euc, _ := japanese.EUCJP.NewEncoder().String(text)
	jis, _ := japanese.ISO2022JP.NewEncoder().String(text)
	for name, tt := range map[string]struct{ header, body, flaw string }{
		"UTF-8, not given":            {"", text, "no charset is given; read as UTF-8"},
		"Shift_JIS, not given":        {"", sjis, "no charset is given; read as Shift_JIS"},
		"EUC-JP, not given":           {"", euc, "no charset is given; read as EUC-JP"},
		"ISO-2022-JP, not given":      {"", jis, "no charset is given; read as ISO-2022-JP"},
		"Shift_JIS, said to be ASCII": {"us-ascii", sjis, "it is not the us-ascii it says; read as Shift_JIS"},
		"Shift_JIS, said to be UTF-8": {"utf-8", sjis, "it is not the utf-8 it says; read as Shift_JIS"},
		"a label nobody knows":        {"x-nobody", euc, "charset x-nobody is unknown; read as EUC-JP"},
	} {
		header := ""
		if tt.header != "" {
			header = "Content-Type: text/plain; charset=" + tt.header + "\r\n"
		}
		m := accept(t, &mailbox.Box{}, "Subject: x\r\n"+header+"\r\n"+tt.body)
		if m.Text != text || !cmp.Equal(m.Flaws, []string{tt.flaw}) {
			t.Errorf("%s: %q %q", name, m.Text, m.Flaws)
		}
	}
	html := "Content-Type: text/html\r\n\r\n<html><head><meta charset=\"Shift_JIS\"></head><body>" + sjis
	if m := accept(t, &mailbox.Box{}, html); !strings.Contains(m.Visible(), text) || len(m.Flaws) > 0 {
		t.Errorf("HTML that names its own: %q %q", m.Visible(), m.Flaws)
	}
	if m := accept(t, &mailbox.Box{}, "Subject: x\r\n\r\nplain ASCII"); len(m.Flaws) > 0 {
		t.Errorf("ASCII without a label is as it should be: %q", m.Flaws)
	}
}

func TestNothingIsLostOfAMailThatIsNotAsItShouldBe(t *testing.T) {
	for name, tt := range map[string]struct{ raw, subject, text, attachment, mended string }{
		"a line without a colon": {"Subject: a\r\nthis is no field\r\nTo: b@example.jp\r\n\r\ntext", "a", "text", "", "Subject: a\r\nTo: b@example.jp\r\n\r\ntext"},
		"no header at all":       {"今日は。\r\n認証コード 482913\r\n", "", "今日は。\n認証コード 482913\n", "", "\r\n今日は。\r\n認証コード 482913\r\n"},
		"an empty header":        {"\r\ntext", "", "text", "", "\r\ntext"},
		"nothing":                {"", "", "", "", ""},
		"no empty line":          {"Subject: a\r\ntext begins here\r\nand goes on\r\n", "a", "text begins here\nand goes on\n", "", "Subject: a\r\n\r\ntext begins here\r\nand goes on\r\n"},
		"a bad line in a part, and a part after it": {"Subject: a\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\nrubbish here\r\nContent-ID: <1>\r\n\r\ntext\r\n--b\r\n" +
			"Content-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin\r\n--b--\r\n", "a", "text", "a.png",
			"Subject: a\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\nContent-ID: <1>\r\n\r\ntext\r\n--b\r\n" +
				"Content-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin\r\n--b--\r\n"},
		"a multipart mail without its parts": {"Subject: a\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\ntext", "a", "text", "", "Subject: a\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\ntext"},
		"a content type without end":         {"Subject: a\r\nContent-Type: text/plain; charset=\"utf-8\r\n\r\n認証", "a", "認証", "", "Subject: a\r\nContent-Type: text/plain; charset=\"utf-8\r\n\r\n認証"},
		"line ends of Unix":                  {"Subject: a\nContent-Type: text/plain; charset=utf-8\n\n認証\n", "a", "認証\n", "", "Subject: a\nContent-Type: text/plain; charset=utf-8\n\n認証\n"},
	} {
		m := accept(t, &mailbox.Box{}, tt.raw)
		file := ""
		if len(m.Attachments) > 0 {
			file = m.Attachments[0].Name
		}
		if m.Subject != tt.subject || m.Text != tt.text || file != tt.attachment || m.Mended() != tt.mended {
			t.Errorf("%s: %q %q %q, mended %q, flaws %q", name, m.Subject, m.Text, file, m.Mended(), m.Flaws)
		}
		if broken := tt.mended != tt.raw; broken && len(m.Flaws) == 0 {
			t.Errorf("%s: it is not told", name)
		}
	}
}

// TestEncodedWordsAsSendersBreakThem is about RFC 2047 and what is sent besides.
func TestEncodedWordsAsSendersBreakThem(t *testing.T) {
	state, err := foreign.ReadFile("testdata/foreign/jis-state-over-words.eml")
	if err != nil {
		t.Fatal(err)
	}
	if m := accept(t, &mailbox.Box{}, string(state)); m.Subject != "お手続きのご確認をお願いします" {
		t.Errorf("a state over two words: %q", m.Subject)
	}
	for raw, want := range map[string]string{
		"=?utf-8?B?44GC?= =?utf-8?B?44GE?=":     "あい",
		"=?utf-8?B?44GC?=\r\n =?utf-8?B?44GE?=": "あい",
		"=?utf-8?B?44GC?==?utf-8?B?44GE?=":      "あい",
		"=?utf-8?B?44G?= =?utf-8?B?gg==?=":      "あ",
		"=?utf-8?B?44GC44?=":                    "あ\ufffd",
		"=?utf-8?B?44GC?= and =?utf-8?B?44GE?=": "あ and い",
		"=?UTF-8*ja?Q?=E3=81=82?=":              "あ",
		"=?utf-8?Q?a b?=":                       "a b",
		"=?utf-8?Q?a_b=3?=":                     "a b=3",
		"【=?utf-8?B?44GC?=】":                    "【あ】",
		"=?cp932?B?k8yIgQ?=":                    decodedCP932(t, "\x93\xcc\x88\x81"),
		"認証コード":                                 "認証コード",
		"\x1b$BG'>Z\x1b(B":                      "認証",
		"=?x-nobody?B?44GC?=":                   "あ",
		"=?utf-8?X?abc?=":                       "=?utf-8?X?abc?=",
		"=?utf-8?B?44GC":                        "=?utf-8?B?44GC",
		"a =? b ?= c":                           "a =? b ?= c",
	} {
		if m := accept(t, &mailbox.Box{}, "Subject: "+raw+"\r\n\r\nx"); m.Subject != want {
			t.Errorf("%q: %q, want %q", raw, m.Subject, want)
		}
	}
}

func decodedCP932(t *testing.T, raw string) string {
	t.Helper()
	text, err := japanese.ShiftJIS.NewDecoder().String(raw)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestTheSenderIsReadAsItIsShown(t *testing.T) {
	for raw, want := range map[string]string{
		"a@example.jp":                          "a@example.jp",
		"<a@example.jp>":                        "a@example.jp",
		"=?utf-8?B?44GC?= <a@example.jp>":       "あ <a@example.jp>",
		"\"=?utf-8?B?44GC?=\" <a@example.jp>":   "あ <a@example.jp>",
		"\"A, B\" <a@example.jp>, c@example.jp": "A, B <a@example.jp>",
		"見本の店 <a@example.jp>":                   "見本の店 <a@example.jp>",
		"a..b.@docomo.example":                  "a..b.@docomo.example",
		"=?ISO-2022-JP?B?GyRCJCI=?=\r\n =?ISO-2022-JP?B?JCQbKEI=?= <a@example.jp>": "あい <a@example.jp>",
		"nobody": "nobody",
	} {
		if m := accept(t, &mailbox.Box{}, "From: "+raw+"\r\n\r\nx"); m.From != want {
			t.Errorf("%q: %q, want %q", raw, m.From, want)
		}
	}
}

func TestDatesInEveryForm(t *testing.T) {
	want := time.Date(2026, 11, 24, 10, 0, 0, 0, clock.Japan)
	for _, text := range []string{"Tue, 24 Nov 2026 10:00:00 +0900", "Tue, 24 Nov 2026 10:00:00 +0900 (JST)", "24 Nov 2026 10:00:00 +0900", "Tue, 24 Nov 2026 01:00:00 GMT", "Tue, 24 Nov 2026 10:00 +0900",
		"Tue, 24 Nov 26 10:00:00 +0900", "Tue, 24 Nov 126 10:00:00 +0900", "Tue,  24\r\n Nov\t2026 10:00:00 +0900", "Tue (a day), 24 (x (y)) Nov 2026 10:00:00 (o'clock) +0900", "Tue, 24 Nov 2026 10 : 00 : 00 +0900",
		"Tue, 24 Nov 2026 01:00:00 UT", "Tue, 24 Nov 2026 01:00:00 Z", "Mon, 23 Nov 2026 20:00:00 EST", "Mon, 23 Nov 2026 17:00:00 PST", "Tue, 24 Nov 2026 01:00:00 -0000", "tue, 24 NOV 2026 10:00:00 +0900",
		"Tuesday, 24 November 2026 10:00:00 +0900", "Tue Nov 24 01:00:00 2026", "Tue, 24 Nov 2026 10:00:00 +09:00", "Tue, 24 Nov 2026 10:00:00 JST"} {
		if got, ok := mailbox.Date(text); !ok || !got.Equal(want) {
			t.Errorf("%q: %s %t", text, got, ok)
		}
	}
	for _, text := range []string{"", "yesterday", "32 Nov 2026 10:00:00 +0900", "24 Foo 2026 10:00:00 +0900", "24 Nov 2026", "24 Nov 2026 25:00:00 +0900", "24 Nov 2026 10:99 +0900"} {
		if got, ok := mailbox.Date(text); ok {
			t.Errorf("%q is %s", text, got)
		}
	}
}

func TestWordsAreFoundAsAPersonSeesThem(t *testing.T) {
	html, err := foreign.ReadFile("testdata/foreign/html-search.eml")
	if err != nil {
		t.Fatal(err)
	}
	var b mailbox.Box
	accept(t, &b, string(html))
	accept(
		t,
		&b,
		"Subject: x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<!-- comment --><p style=\"display:none\">preheader</p><p>ｶﾞｲﾄﾞ ＡＢＣ１２３ りんご が&amp;き Caf\u00e9</p><script>var hidden</script><p>ゆき</p>子",
	)
	accept(t, &b, "Subject: y\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nか\u3099いと\u3099 Cafe\u0301 ABC123 リンゴ")
	for words, want := range map[string]int{"手続き完了": 1, "完了です": 1, "zz": 0, "<b>": 0, "comment": 0, "preheader": 0, "hidden": 0, "ガイド": 2, "ｶﾞｲﾄﾞ": 2, "がいど": 2, "か\u3099いと\u3099": 2,
		"abc123": 2, "ＡＢＣ": 2, "リンゴ": 2, "りんご": 2, "café": 2, "Cafe\u0301": 2, "CAFÉ": 2, "が&き": 1, "ゆき子": 0} {
		if got := b.Search(words, "", noon); len(got) != want {
			t.Errorf("%q: %d found, want %d", words, len(got), want)
		}
	}
}

func TestAnAddressIsFoundInEverySpelling(t *testing.T) {
	for to, ask := range map[string][]string{
		"hanako+test@example.jp": {"hanako+test@example.jp", "hanako test@example.jp", "HANAKO+TEST@EXAMPLE.JP"},
		"taro@xn--r8jz45g.jp":    {"taro@例え.jp", "taro@xn--r8jz45g.jp", "Taro@XN--R8JZ45G.jp"},
		"jiro@例え.jp":             {"jiro@例え.jp", "jiro@xn--r8jz45g.jp"},
		"\"a b\"@example.jp":     {"\"a b\"@example.jp"},
		"a..b.@docomo.example":   {"a..b.@docomo.example"},
	} {
		var b mailbox.Box
		if _, err := b.Accept(to, []byte("Subject: x\r\n\r\nx"), noon, 10); err != nil {
			t.Fatal(err)
		}
		for _, a := range ask {
			_, latest := b.Latest(a, "", noon)
			if len(b.List(a, noon)) != 1 || len(b.Search("x", a, noon)) != 1 || len(b.Numbered(a, noon)) != 1 || !latest {
				t.Errorf("%s is not found as %s", to, a)
			}
		}
		if len(b.List("other@example.jp", noon)) != 0 {
			t.Errorf("%s is found as another", to)
		}
	}
}

func TestLinksAreThoseToBeFollowed(t *testing.T) {
	m := accept(
		t,
		&mailbox.Box{},
		"Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"+
			"確認: https://example.jp/v?a=1&b=2。\r\n(詳しくは https://example.jp/a_(b).) 「https://example.jp/c」\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"+
			"<a href=\"https://example.jp/v?a=1&amp;b=2\">こちらを\r\n<b>押す</b></a><a href='#top'>top</a><a href=javascript:x>x</a><a href=\"app://open\"><img alt=\"アプリ\"></a><!-- <a href=\"https://no.example\">n</a> -->\r\n--b--\r\n",
	)
	want := []mailbox.Link{
		{URL: "https://example.jp/v?a=1&b=2", Text: "こちらを 押す"},
		{URL: "app://open", Text: "アプリ"},
		{URL: "https://example.jp/a_(b)"},
		{URL: "https://example.jp/c"},
	}
	if diff := cmp.Diff(want, m.Links()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func FuzzReading(f *testing.F) {
	files, err := foreign.ReadDir("testdata/foreign")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		raw, err := foreign.ReadFile("testdata/foreign/" + file.Name())
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(raw))
	}
	f.Add("Subject: =?utf-8?Q?=E3?= =?utf-8?B?gYI?=\r\nContent-Type: text/html\r\n\r\n<a href='x'><!-- <p style=\"display:none\">")
	f.Fuzz(func(t *testing.T, raw string) {
		var b mailbox.Box
		m, err := b.Accept("a@example.jp", []byte(raw), noon, 1)
		if err != nil {
			return
		}
		_, _, _, _ = m.Headers(), m.Links(), m.Mended(), m.Words()
		if word := []rune(m.Subject); len(word) > 1 && strings.TrimSpace(string(word[:2])) == string(word[:2]) &&
			len(b.Search(string(word[:2]), "", noon)) != 1 {
			t.Errorf("%q is in the subject and not found", string(word[:2]))
		}
		for i := range m.Attachments {
			if a, data, err := m.Attachment(i); err != nil || a.Size != len(data) {
				t.Errorf("attachment %d: %v, %d bytes of %d", i, err, len(data), a.Size)
			}
		}
	})
}

func FuzzDate(f *testing.F) {
	f.Add("Tue, 24 Nov 2026 10:00:00 +0900 (JST)")
	f.Add("Tue Nov 24 01:00:00 2026")
	f.Fuzz(func(t *testing.T, text string) {
		if at, ok := mailbox.Date(text); ok && (at.Year() < 0 || at.Year() > 10000) {
			t.Errorf("%q: %s", text, at)
		}
	})
}
