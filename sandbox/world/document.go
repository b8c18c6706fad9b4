package world

import (
	"context"
	"errors"
	"fmt"

	"example.com/netanswer/mocks/ivr/twiml"
)

// Documents write a world at rest as a file that people keep and send, and read
// one (package store has them). What cannot be read is ErrDocument, with the place.
type Documents interface {
	Write(State) ([]byte, error)
	Read([]byte) (State, error)
}

// ErrDocument is the error of a document of a world that cannot be read, or that
// contradicts itself.
var ErrDocument = errors.New("this is no document of a world that can be read")

// errDocuments is the error of a service that has none.
var errDocuments = fmt.Errorf("%w: this sandbox writes and reads no documents", ErrRequest)

// Export writes a world as it is now as a document.
func (s Control) Export(ctx context.Context, name string) ([]byte, error) {
	st, err := s.store.View(ctx, name)
	if err == nil && st.Name == "" {
		err = fmt.Errorf("%w: %s", ErrNoWorld, name)
	}
	if err != nil {
		return nil, err
	}
	machine := s.machine()
	st.Clock, st.Taken = settled(st.Clock, machine), Taken{World: name, At: machine.Round(0)}
	return s.document(st)
}

// ExportKept writes a kept snapshot as a document.
func (s Control) ExportKept(ctx context.Context, snapshot string) ([]byte, error) {
	m, err := s.Kept(ctx, snapshot)
	if err != nil {
		return nil, err
	}
	return s.document(m.State)
}

// document is a state as a document. What reaches a world from outside is in
// none: claims, what senders are still to be told, and the voice webhook, whose
// token is a secret.
func (s Control) document(st State) ([]byte, error) {
	if s.documents == nil {
		return nil, errDocuments
	}
	taken := st.Taken
	st = st.apart()
	st.Outbox = nil
	st.Taken, st.Voice = taken, twiml.Webhook{}
	if err := s.contradiction(&st); err != nil {
		return nil, fmt.Errorf("%w: the world cannot be written: %w", ErrRequest, err)
	}
	return s.documents.Write(st)
}

// Import keeps a document as a snapshot; see Take. One that cannot be read, or
// contradicts itself, is ErrDocument, and then nothing has changed.
func (s Control) Import(ctx context.Context, snapshot string, data []byte, replace bool) (kept Snapshot, fresh bool, err error) {
	switch {
	case s.documents == nil:
		return Snapshot{}, false, errDocuments
	case s.bounds.Document > 0 && int64(len(data)) > s.bounds.Document:
		return Snapshot{}, false, fmt.Errorf("%w: it has more than %d bytes (-max-document)", ErrDocument, s.bounds.Document)
	}
	st, err := s.documents.Read(data)
	if err != nil {
		return Snapshot{}, false, err
	}
	taken := st.Taken
	st = st.apart()
	st.Outbox = nil
	st.Name, st.Taken, st.Voice = snapshot, taken, twiml.Webhook{}
	st.Timeline.mask()
	if err := s.contradiction(&st); err != nil {
		return Snapshot{}, false, fmt.Errorf("%w: %w", ErrDocument, err)
	}
	fresh, err = s.keep(ctx, snapshot, st, replace)
	return s.kept(st), fresh, err
}
