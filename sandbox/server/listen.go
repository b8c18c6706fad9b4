package server

import (
	"errors"
	"fmt"
	"net"
	"sync"
	"syscall"
)

// listen listens for at most so many connections at once; more wait. flag is
// the setting that says where.
func listen(what, flag, address string, most int) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, busy(what, flag, address, err)
	}
	return &bounded{Listener: l, places: make(chan struct{}, most), closed: make(chan struct{})}, nil
}

// busy tells what to change where another process has the port.
func busy(what, flag, address string, err error) error {
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("%s: another process listens at %s: choose another port by -%s, or other ports for all by -ports 25000 (-%[3]s 127.0.0.1:0 takes any free one): %w",
			what, address, flag, err)
	}
	return fmt.Errorf("%s: -%s: %w", what, flag, err)
}

// bounded is a listener of so many connections at once.
type bounded struct {
	net.Listener
	places chan struct{}
	once   sync.Once
	closed chan struct{}
}

func (b *bounded) Accept() (net.Conn, error) {
	select {
	case b.places <- struct{}{}:
	case <-b.closed:
		return nil, net.ErrClosed
	}
	conn, err := b.Listener.Accept()
	if err != nil {
		<-b.places
		return nil, err
	}
	return &placed{Conn: conn, free: sync.OnceFunc(func() { <-b.places })}, nil
}

func (b *bounded) Close() error {
	b.once.Do(func() { close(b.closed) })
	return b.Listener.Close()
}

// placed is a connection that frees its place when it is closed.
type placed struct {
	net.Conn
	free func()
}

func (p *placed) Close() error {
	p.free()
	return p.Conn.Close()
}
