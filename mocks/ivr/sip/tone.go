package sip

import (
	"math"

	"example.com/netanswer/mocks/ivr/g711"
)

// tones hears the keys of a telephone in its sound (ITU-T Q.23, Q.24): two tones
// at once, for 40 ms at least. It is used where a caller has no telephone events.
type tones struct {
	block []float64
	key   byte // of the block before; 0 for none
	held  bool // it was told
}

// blockSize is what is listened to at once: 205 samples tell the tones apart.
const blockSize = 205

var (
	rows     = [4]float64{697, 770, 852, 941}
	columns  = [4]float64{1209, 1336, 1477, 1633}
	toneKeys = [4]string{"123A", "456B", "789C", "*0#D"}
)

// hear takes samples and returns the keys that were pressed in them.
func (t *tones) hear(samples []byte, alaw bool) (keys string) {
	for _, b := range samples {
		if alaw {
			b = g711.ToULaw[b]
		}
		if t.block = append(t.block, float64(g711.DecodeULaw(b))); len(t.block) < blockSize {
			continue
		}
		key := toneKey(t.block)
		t.block = t.block[:0]
		switch {
		case key == 0 || key != t.key:
			t.held = false
		case !t.held: // in two blocks, so that speech is none
			keys, t.held = keys+string(key), true
		}
		t.key = key
	}
	return keys
}

// toneKey is the key whose tones are in a block; 0 for none.
func toneKey(block []float64) byte {
	total := 0.0
	for _, s := range block {
		total += s * s
	}
	if total/float64(len(block)) < 100*100 {
		return 0 // too quiet
	}
	row, inRow := loudest(block, rows)
	column, inColumn := loudest(block, columns)
	// What is not in the two tones is something else, and neither is much louder
	// than the other.
	both := (inRow + inColumn) * 2 / float64(len(block))
	if both < 0.7*total || inRow > 10*inColumn || inColumn > 10*inRow {
		return 0
	}
	return toneKeys[row][column]
}

func loudest(block []float64, tones [4]float64) (which int, power float64) {
	for i, f := range tones {
		if p := goertzel(block, f); p > power {
			which, power = i, p
		}
	}
	return which, power
}

// goertzel is the power of a tone in a block.
func goertzel(block []float64, tone float64) float64 {
	c := 2 * math.Cos(2*math.Pi*tone/g711.Rate)
	s1, s2 := 0.0, 0.0
	for _, x := range block {
		s1, s2 = x+c*s1-s2, s1
	}
	return s1*s1 + s2*s2 - c*s1*s2
}
