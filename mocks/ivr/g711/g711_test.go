package g711_test

import (
	"math"
	"testing"

	"example.com/netanswer/mocks/ivr/g711"
)

// TestBothLawsKeepEverySample follows ITU-T G.711.
func TestBothLawsKeepEverySample(t *testing.T) {
	for name, law := range map[string]struct {
		encode func(int16) byte
		decode func(byte) int16
	}{"u-law": {g711.EncodeULaw, g711.DecodeULaw}, "A-law": {g711.EncodeALaw, g711.DecodeALaw}} {
		for b := range 256 {
			// Of u-law, 0x7F and 0xFF are both zero.
			if got := law.encode(law.decode(byte(b))); got != byte(b) && (name != "u-law" || b != 0x7F) {
				t.Errorf("%s: %#02x becomes %d becomes %#02x", name, b, law.decode(byte(b)), got)
			}
		}
		for _, linear := range []int16{0, 1, -1, 100, -100, 1000, -1000, 32000, -32000, math.MaxInt16, math.MinInt16} {
			got := law.decode(law.encode(linear))
			if off := math.Abs(float64(got) - float64(linear)); off > 8+math.Abs(float64(linear))/16 {
				t.Errorf("%s: %d becomes %d", name, linear, got)
			}
		}
	}
	if g711.EncodeULaw(0) != g711.Silence {
		t.Errorf("silence is %#02x", g711.EncodeULaw(0))
	}
	for b := range 256 {
		if u, a := float64(g711.DecodeULaw(byte(b))), float64(g711.DecodeALaw(g711.ToALaw[b])); math.Abs(u-a) > 16+math.Abs(u)/16 {
			t.Errorf("%#02x of u-law, %v, is %v of A-law", b, u, a)
		}
	}
}
