package outbound

import "context"

// A Delivery is what a provider over the wire should know of something that is handed
// over once, by somebody who may be killed meanwhile. The zero Delivery is of what nobody
// hands over again.
type Delivery struct {
	Key   string // idempotency key: the same for each try
	Again bool   // somebody may have handed it over before, and has ended
}

type deliveryKey struct{}

// WithDelivery says what is handed over.
func WithDelivery(ctx context.Context, d Delivery) context.Context {
	return context.WithValue(ctx, deliveryKey{}, d)
}

// DeliveryOf is what is handed over.
func DeliveryOf(ctx context.Context) Delivery {
	d, _ := ctx.Value(deliveryKey{}).(Delivery)
	return d
}
