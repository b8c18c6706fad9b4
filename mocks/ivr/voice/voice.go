// Package voice is what a caller hears of a sentence: G.711 u-law at 8 kHz
// (ITU-T G.711), one embedded recording for each guidance of the text table.
// They are made by Debian's espeak-ng from the readings in readings.tsv:
//
//	go generate ./mocks/ivr/voice
//
// Not modelled: speech for any other sentence. A guidance that a world words
// differently is heard in the recording of its id, and anything else as a
// steady tone as long as the sentence would take; the Note of the sound says so.
package voice

import (
	"embed"
	"fmt"
	"math"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"example.com/netanswer/mocks/ivr"
	"example.com/netanswer/mocks/ivr/g711"
)

//go:generate go test -run ^TestTheVoiceIsWhatEspeakSays$ -update .

//go:embed readings.tsv sounds/*.ulaw
var files embed.FS

// A Reading is a sentence and how it is read.
type Reading struct {
	ID   string // of the text table
	Text string // as the table words it
	Kana string // what the synthesizer is given: it reads kana only
}

// Readings are the sentences that have a recording.
var Readings = sync.OnceValue(func() []Reading {
	data, err := files.ReadFile("readings.tsv")
	if err != nil {
		panic("voice: " + err.Error()) // it is embedded
	}
	var all []Reading
	for line := range strings.Lines(string(data)) {
		part := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		all = append(all, Reading{ID: part[0], Text: part[1], Kana: part[2]})
	}
	return all
})

// recording is the embedded sound of a reading. Nobody changes it.
func (r Reading) recording() []byte {
	data, err := files.ReadFile("sounds/" + r.ID + ".ulaw")
	if err != nil {
		panic("voice: " + err.Error()) // it is embedded, and a test reads each
	}
	return data
}

// Of returns the sound of a verb that says or plays something.
func Of(v ivr.Verb) ivr.Sound {
	if v.Kind == ivr.Play {
		return ivr.Sound{ULaw: tone(2 * time.Second), Note: "録音は取り寄せません。代わりに2秒の音を流します"}
	}
	for _, r := range Readings() {
		switch {
		case r.Text == v.Text:
			return ivr.Sound{ULaw: r.recording()}
		case r.ID == v.Sentence:
			return ivr.Sound{ULaw: r.recording(), Note: fmt.Sprintf("このワールドでは文が変えられています。流す録音は「%s」です", r.Text)}
		}
	}
	length := Length(v.Text)
	return ivr.Sound{ULaw: tone(length), Note: fmt.Sprintf("この文の録音はありません。代わりに%sの音を流します", length)}
}

// Length is about how long a sentence takes to say: 130 ms for each letter, as
// Japanese is written, half a second at least and a minute at most.
func Length(text string) time.Duration {
	d := time.Duration(utf8.RuneCountInString(text)) * 130 * time.Millisecond
	return min(max(d, 500*time.Millisecond), time.Minute)
}

// tone is a steady 400 Hz, softer than speech.
func tone(length time.Duration) []byte {
	samples := make([]byte, int(length/(time.Second/g711.Rate)))
	for i := range samples {
		samples[i] = g711.EncodeULaw(int16(4000 * math.Sin(2*math.Pi*400*float64(i)/g711.Rate)))
	}
	return samples
}
