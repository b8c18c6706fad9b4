package world

import (
	"errors"
	"fmt"

	"example.com/netanswer/mocks/outbound"
)

// Outbound are the rules of requests whose address somebody outside names.
func (s *core) Outbound() *outbound.Rules { return s.outbound }

// reaches returns an error if no request is made to one of the addresses.
func (s *core) reaches(addresses ...string) error {
	for _, address := range addresses {
		if address == "" {
			continue
		}
		switch err := s.outbound.Check(address); {
		case errors.Is(err, outbound.ErrHost):
			return fmt.Errorf(
				"%w: %s is of a host that this sandbox makes no requests to; start it with -call-back-hosts",
				ErrRequest,
				address,
			)
		case err != nil:
			return fmt.Errorf("%w: %s: %w", ErrRequest, address, err)
		}
	}
	return nil
}
