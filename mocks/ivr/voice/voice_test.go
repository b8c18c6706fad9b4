package voice_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/mocks/ivr/g711"
	"example.com/netanswer/mocks/ivr/voice"
)

func TestEveryGuidanceHasARecordingOfItsWording(t *testing.T) {
	texts, err := fixtures.Texts()
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, text := range texts {
		if !strings.HasPrefix(text.ID, "guidance.") {
			continue
		}
		found++
		s := voice.Of(ivr.Verb{Kind: ivr.Say, Text: text.Text, Sentence: text.ID})
		if s.Note != "" || s.Lasts() < time.Second || s.Lasts() > 15*time.Second || loudness(s.ULaw) < 500 {
			t.Errorf("%s: lasts %s, loudness %.0f, %q", text.ID, s.Lasts(), loudness(s.ULaw), s.Note)
		}
	}
	if found != len(voice.Readings()) {
		t.Errorf("%d guidances, %d recordings", found, len(voice.Readings()))
	}
}

func TestASentenceWithoutARecordingSaysSo(t *testing.T) {
	confirmed := voice.Readings()[0]
	for _, tt := range []struct {
		name string
		verb ivr.Verb
		note string
	}{
		{"reworded", ivr.Verb{Kind: ivr.Say, Text: "確認しました", Sentence: confirmed.ID}, confirmed.Text},
		{"another", ivr.Verb{Kind: ivr.Say, Text: "本日は営業しておりません"}, "1.56sの音"},
		{"very long", ivr.Verb{Kind: ivr.Say, Text: strings.Repeat("あ", 4000)}, "1m0sの音"},
		{"a recording of somebody's", ivr.Verb{Kind: ivr.Play, Text: "https://example.com/a.mp3"}, "取り寄せません"},
	} {
		s := voice.Of(tt.verb)
		if !strings.Contains(s.Note, tt.note) || s.Lasts() == 0 {
			t.Errorf("%s: lasts %s, %q", tt.name, s.Lasts(), s.Note)
		}
	}
}

// loudness is the root of the mean square.
func loudness(ulaw []byte) float64 {
	sum := 0.0
	for b := range slices.Values(ulaw) {
		v := float64(g711.DecodeULaw(b))
		sum += v * v
	}
	return math.Sqrt(sum / float64(max(1, len(ulaw))))
}
