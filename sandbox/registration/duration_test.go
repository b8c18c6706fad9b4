package registration_test

import (
	"testing"
	"time"

	"example.com/netanswer/sandbox/registration"
)

func TestDurationsAreReadAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Duration{
		"10m": 10 * time.Minute, "1h30m": 90 * time.Minute, "0": 0, "0秒": 0, "10分": 10 * time.Minute, "１０分": 10 * time.Minute,
		"1時間 30分": 90 * time.Minute, "1分30秒": 90 * time.Second, "2日": 48 * time.Hour, "1.5秒": 1500 * time.Millisecond,
		"1時間半": 90 * time.Minute, "2分半": 150 * time.Second, "250ミリ秒": 250 * time.Millisecond, "90秒": 90 * time.Second,
	} {
		if d, err := registration.ParseDuration(text); err != nil || d != want {
			t.Errorf("%s is %s, %v", text, d, err)
		}
	}
	for _, text := range []string{"", "soon", "10", "分", "10分10", "-1分", "30秒1分", "半", "1日半", "99999999日", "200000日", "1.2.3秒"} {
		if d, err := registration.ParseDuration(text); err == nil {
			t.Errorf("%s is %s", text, d)
		}
	}
}

func TestDurationsInWords(t *testing.T) {
	t.Parallel()
	for want, d := range map[string]time.Duration{
		"0秒": 0, "10分": 10 * time.Minute, "1時間30分": 90 * time.Minute, "1日": 24 * time.Hour, "1分30秒": 90 * time.Second, "1.5秒": 1500 * time.Millisecond,
		"0.000000001秒": 1,
	} {
		if got := registration.Duration(d).Words(); got != want {
			t.Errorf("%s is %s, want %s", d, got, want)
		}
		if again, err := registration.ParseDuration(want); err != nil || again != d {
			t.Errorf("%s is read as %s, %v", want, again, err)
		}
	}
}
