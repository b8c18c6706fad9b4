package issuer

import (
	"errors"
	"fmt"
)

// A Way is how a question came to no answer over the wire.
type Way string

// The ways. A slow issuer may have taken the question, and so may one whose
// connection broke; one that cannot be reached has not.
const (
	Unreachable Way = "unreachable" // no connection could be made
	Slow        Way = "slow"        // no answer in time
	Broken      Way = "broken"      // the connection ended before the answer did
	Refused     Way = "refused"     // it answered that it does not
	Malformed   Way = "malformed"   // its answer is not as the contract says
	Open        Way = "open"        // it was not asked, having failed too often
)

// A Failure is the error of a question that came to no answer over the wire. It
// holds nothing of the question.
type Failure struct {
	Way    Way
	Status int   // of HTTP, where Way is Refused
	Tries  int   // how often it was asked; 0 where Way is Open
	Err    error // why, for people who test; may be nil
}

// Error implements error.
func (f *Failure) Error() string {
	text := "ask the issuer: " + string(f.Way)
	if f.Status != 0 {
		text += fmt.Sprintf(" (%d)", f.Status)
	}
	if f.Tries > 1 {
		text += fmt.Sprintf(" after %d tries", f.Tries)
	}
	if f.Err != nil {
		text += ": " + f.Err.Error()
	}
	return text
}

// Unwrap returns why.
func (f *Failure) Unwrap() error { return f.Err }

// HowFailed is the Failure in an error; nil if there is none.
func HowFailed(err error) *Failure {
	var f *Failure
	errors.As(err, &f)
	return f
}
