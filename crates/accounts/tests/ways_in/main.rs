//! The ways in beside the password: second factors, and the city's identity provider.

mod factors;
mod house;
mod provider;
