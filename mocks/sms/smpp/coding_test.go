package smpp

import (
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/mocks/sms"
)

// TestEveryDataCodingIsRead follows SMPP 3.4, 5.2.19, and 3GPP TS 23.038, 4.
func TestEveryDataCodingIsRead(t *testing.T) {
	for name, tt := range map[string]struct {
		codings     []byte
		bytes, want string
		class       string
	}{
		"the default alphabet":                {[]byte{0x00, 0xC0, 0xC8, 0xD0, 0xDF}, "6162631b651100", "abc€_@", ""},
		"the default alphabet, shown at once": {[]byte{0x10, 0xF0, 0x50}, "616263", "abc", "0"},
		"the default alphabet, kept":          {[]byte{0x11, 0xF1}, "616263", "abc", "1"},
		"the default alphabet on the SIM":     {[]byte{0x12, 0xF2}, "616263", "abc", "2"},
		"the default alphabet on a machine":   {[]byte{0x13, 0xF3}, "616263", "abc", "3"},
		"IA5":                                 {[]byte{0x01}, hex.EncodeToString([]byte("user_1@example.jp $5 [ok]")), "user_1@example.jp $5 [ok]", ""},
		"IA5 that is of the default alphabet": {[]byte{0x01}, "75736572113100", "user_1@", ""},
		"ISO 8859-1":                          {[]byte{0x03}, "e9", "é", ""},
		"ISO 8859-5":                          {[]byte{0x06}, "bf", "П", ""},
		"ISO 8859-8":                          {[]byte{0x07}, "e0", "א", ""},
		"UCS-2":                               {[]byte{0x08, 0xE0}, "8a8d8a3c", "認証", ""},
		"UCS-2, an emoji in two units":        {[]byte{0x08}, "d83dde00", "😀", ""},
		"UCS-2, shown at once":                {[]byte{0x18}, "8a8d8a3c", "認証", "0"},
		"UCS-2, kept":                         {[]byte{0x19}, "8a8d8a3c", "認証", "1"},
		"JIS without escapes":                 {[]byte{0x05}, "473e5a"[:2] + "27" + "3e5a", "認証", ""},
		"JIS in Shift_JIS":                    {[]byte{0x05, 0x0A}, "94468fd8", "認証", ""},
		"ISO-2022-JP":                         {[]byte{0x05, 0x0A}, "1b244247273e5a1b2842", "認証", ""},
		"KS C 5601":                           {[]byte{0x0E}, "b0a1", "가", ""},
		"bytes":                               {[]byte{0x02, 0x04}, "ff41", "ÿA", ""},
		"bytes with a class":                  {[]byte{0x14, 0xF4}, "41", "A", "0"},
	} {
		raw, err := hex.DecodeString(tt.bytes)
		if err != nil {
			t.Fatal(name, err)
		}
		for _, dcs := range tt.codings {
			a, class := coded(dcs)
			got, _, ok := a.decode(raw)
			if !ok || got != tt.want || class != tt.class {
				t.Errorf("%s (%#x): %q %t class %q, want %q class %q", name, dcs, got, ok, class, tt.want, tt.class)
			}
		}
	}
	for _, dcs := range []byte{0x09, 0x0B, 0x0C, 0x0F, 0x20, 0x3F, 0x1C, 0x60, 0x80, 0xB0, 0xF8} {
		if a, _ := coded(dcs); a != unknown {
			t.Errorf("%#x is read", dcs)
		}
	}
	if _, gsm, ok := ia5.decode([]byte("a@b [")); gsm != "a¡b Ä" || !ok {
		t.Errorf("a world that takes IA5 for the default alphabet reads %q", gsm)
	}
	if _, _, ok := ucs2.decode([]byte{0x8A}); ok {
		t.Error("half a character of UCS-2 is read")
	}
}

// TestTimesAreReadAsTheyAreWritten follows SMPP 3.4, 7.1.1.
func TestTimesAreReadAsTheyAreWritten(t *testing.T) {
	at := func(h, m, s, tenth int) sms.When {
		return sms.When{At: time.Date(2026, 11, 24, h, m, s, tenth*1e8, time.UTC)}
	}
	for text, want := range map[string]sms.When{
		"":                 {},
		"261124100000000+": at(10, 0, 0, 0), "261124190000036+": at(10, 0, 0, 0), "261124050000020-": at(10, 0, 0, 0), "261124100000500+": at(10, 0, 0, 5),
		"000001000000000R": {Days: 1}, "010203040506000R": {Years: 1, Months: 2, Days: 3, In: 4*time.Hour + 5*time.Minute + 6*time.Second}, "000000000000000R": {},
	} {
		got, ok := when(text)
		if same := got == want || !got.At.IsZero() && got.At.Equal(want.At); !ok || !same {
			t.Errorf("%q: %+v %t, want %+v", text, got, ok, want)
		}
	}
	for _, text := range []string{"garbage", "261124100000000", "261124100000000X", "261324100000000+", "260231100000000+", "261124250000000+", "261124100000049+", "2611241000-1000+", "+61124100000000+", strings.Repeat("0", 17)} {
		if got, ok := when(text); ok {
			t.Errorf("%q is %+v", text, got)
		}
	}
	if got := stamp(time.Date(2026, 11, 24, 19, 0, 0, 5e8, time.FixedZone("", 9*3600))); got != "261124190000536+" {
		t.Error(got)
	}
}

func FuzzWhen(f *testing.F) {
	f.Add("261124190000036+")
	f.Add("000001000000000R")
	f.Fuzz(func(t *testing.T, text string) {
		m, ok := when(text)
		if ok && !m.At.IsZero() && (m.At.Year() < 2000 || m.At.Year() > 2099) {
			t.Errorf("%q: %+v", text, m)
		}
	})
}

func FuzzDecode(f *testing.F) {
	f.Add(byte(5), []byte("\x1b$BG'"))
	f.Fuzz(func(t *testing.T, dcs byte, text []byte) {
		a, _ := coded(dcs)
		if body, gsm, ok := a.decode(text); !ok && body != "" && gsm != "" {
			t.Errorf("%q and %q of what cannot be read", body, gsm)
		}
	})
}
