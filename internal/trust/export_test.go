package trust

// Named is named.
var Named = named
