package integrator

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/emiago/sipgo"
	"github.com/emiago/sipgo/sip"
)

// A Dial is how somebody calls the free-dial number with a SIP telephone.
type Dial struct {
	Withheld      bool // the number is withheld
	All           bool // the guidance is heard out
	International bool // the number is told in international form
}

// silence is how long a telephone hears nothing before its caller takes what is
// said for over, where the callee has not hung up by then.
const silence = 1500 * time.Millisecond

// DialsBySIP calls the free-dial number of the scene's world with a SIP telephone,
// from a person's number.
func DialsBySIP(ctx context.Context, name string, d Dial) error {
	b, s, p, at, err := ready(ctx, name)
	if err != nil {
		return err
	}
	if at.SIP == "" {
		return errors.New("the telephone does not listen")
	}
	policy, err := b.Controls.Policy(ctx, s.World.Name)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 6*timeout)
	defer cancel()
	number := strings.ReplaceAll(fmt.Sprint(policy["free_dial_number"]), "-", "")
	b.refused, err = b.telephones(ctx, at.SIP, call{world: s.World.Name, from: d.from(p.Phone), to: number, Dial: d})
	if err != nil {
		return fmt.Errorf("call by SIP: %w", err)
	}
	return nil
}

// from is a number as the telephone tells it.
func (d Dial) from(phone string) string {
	digits := strings.ReplaceAll(phone, "-", "")
	if d.International {
		return "+81" + strings.TrimPrefix(digits, "0")
	}
	return digits
}

// A call is one to be placed by SIP.
type call struct {
	world, from, to string
	Dial
}

// telephones places a call and carries it to its end. It returns the status
// it was declined with, "" where it was answered.
func (b *Backend) telephones(ctx context.Context, address string, c call) (declined string, err error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return "", err
	}
	here, err := facing(address)
	if err != nil {
		return "", err
	}
	ear, err := net.ListenPacket("udp", net.JoinHostPort(here, "0"))
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, ear.Close()) }()
	silenceLibrary()
	quiet := slog.New(slog.DiscardHandler)
	agent, err := sipgo.NewUA(
		sipgo.WithUserAgent(c.from),
		sipgo.WithUserAgentHostname(here),
		sipgo.WithUserAgentTransportLayerOptions(
			sip.WithTransportLayerLogger(quiet),
		),
		sipgo.WithUserAgentTransactionLayerOptions(sip.WithTransactionLayerLogger(quiet)),
	)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, agent.Close()) }()
	client, err := sipgo.NewClient(agent, sipgo.WithClientLogger(quiet), sipgo.WithClientHostname(here))
	if err != nil {
		return "", err
	}
	to := sip.Uri{Scheme: "sip", User: c.to, Host: host}
	if to.Port, err = strconv.Atoi(port); err != nil {
		return "", err
	}
	headers := []sip.Header{
		sip.NewHeader("X-Netanswer-World", c.world),
		sip.NewHeader("P-Asserted-Identity", "<tel:"+c.from+">"),
		sip.NewHeader("Content-Type", "application/sdp"),
	}
	if c.Withheld {
		headers = append(headers, sip.NewHeader("Privacy", "id"))
	}
	dialogs := sipgo.NewDialogClientCache(client, sip.ContactHeader{Address: sip.Uri{Scheme: "sip", User: c.from, Host: here}})
	server, err := sipgo.NewServer(agent, sipgo.WithServerLogger(quiet))
	if err != nil {
		return "", err
	}
	server.OnBye(func(q *sip.Request, tx sip.ServerTransaction) {
		_ = dialogs.ReadBye(q, tx) // a BYE of no call of ours is not answered
	})
	dialog, err := dialogs.Invite(ctx, to, offer(here, ear), headers...)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, dialog.Close()) }()
	var no *sipgo.ErrDialogResponse
	if err := dialog.WaitAnswer(ctx, sipgo.AnswerOptions{}); errors.As(err, &no) {
		return strconv.Itoa(no.Res.StatusCode), nil
	} else if err != nil {
		return "", err
	}
	if err := dialog.Ack(ctx); err != nil {
		return "", err
	}
	if over, err := b.listens(dialog.Context(), ear, c.All); over || err != nil {
		return "", err
	}
	if err := dialog.Bye(ctx); err != nil && dialog.Context().Err() == nil {
		return "", err
	}
	return "", nil // or both hung up at once
}

// facing is the address of this machine that another one finds it by.
func facing(address string) (host string, err error) {
	c, err := net.Dial("udp", address) // which sends nothing
	if err != nil {
		return "", err
	}
	host, _, err = net.SplitHostPort(c.LocalAddr().String())
	return host, errors.Join(err, c.Close())
}

// offer is what a telephone can hear: G.711 u-law.
func offer(host string, ear net.PacketConn) []byte {
	_, port, _ := net.SplitHostPort(ear.LocalAddr().String()) // a socket's address has a port
	return []byte("v=0\r\no=- 1 1 IN IP4 " + host + "\r\ns=-\r\nc=IN IP4 " + host + "\r\nt=0 0\r\nm=audio " + port + " RTP/AVP 0\r\n")
}

// listens hears what is said to its end, or the beginning of it. It tells whether
// the callee has ended the call.
func (b *Backend) listens(call context.Context, ear net.PacketConn, all bool) (over bool, err error) {
	defer context.AfterFunc(call, func() {
		_ = ear.SetReadDeadline(b.Now()) // at the latest silence ends it
	})()
	packet := make([]byte, 1500)
	for heard := false; ; heard = true {
		wait := silence
		if !heard {
			wait = timeout
		}
		if err := ear.SetReadDeadline(b.Now().Add(wait)); err != nil {
			return false, err
		}
		if call.Err() == nil { // else the deadline was put off after the end
			_, _, err = ear.ReadFrom(packet)
		}
		var late net.Error
		switch over := call.Err() != nil; {
		case heard && (over || errors.As(err, &late) && late.Timeout()):
			return over, nil
		case over || err != nil:
			return over, errors.Join(err, errors.New("nothing is heard"))
		case !all:
			return false, nil
		}
	}
}

// silenceLibrary keeps what the SIP library says to no logger of ours out of a run:
// that a connection "went negative" when its telephone is put down before the last
// transaction has timed out, which is half a minute later.
var silenceLibrary = sync.OnceFunc(func() { sip.SetDefaultLogger(slog.New(slog.DiscardHandler)) })
