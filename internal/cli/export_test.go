package cli

// What the tests of this package try besides Run.
var (
	Greet            = greet
	ReadVerification = readVerification
)
