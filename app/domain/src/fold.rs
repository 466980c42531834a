//! How texts and phone numbers are made comparable for the search.
