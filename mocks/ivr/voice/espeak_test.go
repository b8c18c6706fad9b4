package voice_test

import (
	"bytes"
	"encoding/binary"
	"flag"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"example.com/netanswer/mocks/ivr/g711"
	"example.com/netanswer/mocks/ivr/voice"
)

var update = flag.Bool("update", false, "make the recordings anew")

// espeak is the rate of what espeak-ng says, as a fraction of g711.Rate.
const espeakRate, up, down = 22050, 160, 441

func TestTheVoiceIsWhatEspeakSays(t *testing.T) {
	program, err := exec.LookPath("espeak-ng")
	if err != nil {
		if *update || os.Getenv("CI") != "" {
			t.Fatalf("%v; make setup installs it", err)
		}
		t.Skip("espeak-ng is not installed; make setup installs it")
	}
	for _, r := range voice.Readings() {
		wav, err := exec.CommandContext(t.Context(), program, "-v", "ja", "-s", "150", "--stdout", r.Kana).Output()
		if err != nil {
			t.Fatalf("%s: %v", r.ID, err)
		}
		made := toULaw(t, wav)
		path := filepath.Join("sounds", r.ID+".ulaw")
		if *update {
			if err := os.WriteFile(path, made, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		// Another release of espeak-ng may say it a little differently; another
		// sentence would be of another length.
		if ratio := float64(len(made)) / float64(len(want)); ratio < 0.8 || ratio > 1.25 {
			t.Errorf("%s: espeak-ng takes %d samples, the recording has %d; see go generate", r.ID, len(made), len(want))
		} else if !bytes.Equal(made, want) {
			t.Logf("%s: this espeak-ng says it a little differently from the recording", r.ID)
		}
	}
}

// toULaw makes a WAV of espeak-ng into u-law at 8 kHz, as loud as can be
// without harm. Whole numbers only, so that every machine makes the same.
func toULaw(t *testing.T, wav []byte) []byte {
	t.Helper()
	if len(wav) < 44 || string(wav[:4]) != "RIFF" || binary.LittleEndian.Uint32(wav[24:]) != espeakRate {
		t.Fatalf("espeak-ng does not return a WAV of %d Hz", espeakRate)
	}
	in := make([]int64, (len(wav)-44)/2)
	for i := range in {
		in[i] = int64(int16(binary.LittleEndian.Uint16(wav[44+2*i:])))
	}
	taps := lowPass()
	out := make([]int64, len(in)*up/down)
	var peak int64 = 1
	for n := range out {
		at, phase := n*down/up, n*down%up
		var sum int64
		for k := -reach + 1; k <= reach; k++ {
			if i := at + k; i >= 0 && i < len(in) {
				sum += in[i] * taps[k*up-phase+reach*up]
			}
		}
		out[n] = sum >> 15
		peak = max(peak, out[n], -out[n])
	}
	encoded := make([]byte, len(out))
	for n, v := range out {
		encoded[n] = g711.EncodeULaw(int16(v * 24000 / peak))
	}
	return encoded
}

// reach is how many samples to either side the filter looks.
const reach = 32

// lowPass is a windowed sinc that ends at 3,600 Hz, in steps of 1/up sample, in
// units of 1/32768.
func lowPass() []int64 {
	taps := make([]int64, 2*reach*up+1)
	const cut = 2 * 3600.0 / espeakRate
	for i := range taps {
		x := float64(i-reach*up) / up
		sinc := 1.0
		if x != 0 {
			sinc = math.Sin(math.Pi*cut*x) / (math.Pi * cut * x)
		}
		window := 0.5 + 0.5*math.Cos(math.Pi*x/reach)
		taps[i] = int64(math.Round(32768 * cut * sinc * window))
	}
	return taps
}
