// Package middleware is what every HTTP handler of the sandbox has before it, one
// file each: it finds the world of a request, refuses hosts of others, bounds the
// body, asks for a token, survives a panic and sets the headers that keep a page
// safe. An error is written as RFC 9457 says.
package middleware

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"example.com/netanswer/sandbox/world"
)

// Header names the world of a request.
const Header = "Netanswer-World"

// Default is the world of a request that names none.
const Default = world.DefaultName

// ErrWorlds is the error of a request that names two worlds.
var ErrWorlds = errors.New("the header " + Header + " and the host name two different worlds")

type worldKey struct{}

// World is the world of a request that came through Worlds.
func World(ctx context.Context) string {
	if name, ok := ctx.Value(worldKey{}).(string); ok {
		return name
	}
	return Default
}

// Worlds finds the world of each request, by header or by the host
// <world>.localhost, and hands on to next; refuse answers where it cannot.
func Worlds(next http.Handler, refuse func(http.ResponseWriter, *http.Request, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, err := find(r)
		if err != nil {
			refuse(w, r, err)
			return
		}
		r = r.WithContext(context.WithValue(r.Context(), worldKey{}, name))
		next.ServeHTTP(w, r)
		note(r)
	})
}

func find(r *http.Request) (string, error) {
	byHeader := r.Header.Get(Header)
	byHost, isWorld := strings.CutSuffix(strings.ToLower(hostname(r.Host)), ".localhost")
	switch {
	case byHeader == "" && !isWorld:
		return Default, nil
	case byHeader == "":
		return byHost, world.CheckName(byHost)
	case isWorld && byHost != byHeader:
		return "", ErrWorlds
	}
	return byHeader, world.CheckName(byHeader)
}
