package provision

import (
	"context"
	"errors"
	"strings"
)

// phones are the telephones that the tests call with, the programs of their
// Debian packages, and the synthesizer that the recordings are compared with.
var phones = []string{"sipp", "baresip", "espeak-ng"}

// findPhones returns the programs, in order.
func (p *place) findPhones() (string, error) {
	var found []string
	var errs []error
	for _, name := range phones {
		path, err := p.Look(name)
		found, errs = append(found, path), append(errs, err)
	}
	return strings.Join(found, ", "), errors.Join(errs...)
}

func (s *setup) installPhones(ctx context.Context) error {
	err := s.apt(ctx, "phones", "sip-tester", "baresip", "espeak-ng")
	if err == nil {
		return nil
	}
	return &MissingError{Item: "phones", Tried: []error{err}, Instruction: "" +
		"On Debian or Ubuntu type:  sudo apt-get update && sudo apt-get install -y sip-tester baresip espeak-ng\n" +
		"elsewhere see that sipp, baresip and espeak-ng are on PATH, and run setup again."}
}
