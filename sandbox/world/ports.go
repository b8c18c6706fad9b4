package world

import (
	"context"
)

// Ports are the ways to what the service does not do itself. By default each is
// filled with the mock in the same process; a client of a real protocol can
// stand in its place. Nothing of that is called while a world is
// locked; the mock takes over what is due in the change that makes it due.
type Ports struct {
	SMS    SMSGateway
	Mail   MailServer
	Issuer Issuer
}

// An SMSGateway hands an SMS over. An error means that it was not accepted.
type SMSGateway interface {
	SendSMS(ctx context.Context, world, to, body string) error
}

// A MailServer hands a message, as RFC 5322 writes it, over for one recipient.
// An error means that it was not accepted.
type MailServer interface {
	SendMail(ctx context.Context, world, to string, raw []byte) error
}
