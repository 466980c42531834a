//! The machine's address in its own network, so that a phone beside it can open the QR code.

use std::net::{IpAddr, Ipv4Addr, UdpSocket};

/// Asks the routing table which of our addresses would speak to the world. Nothing is sent: "connecting" a UDP socket
/// only chooses a route, and 192.0.2.1 is reserved for documentation.
pub fn address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    socket.local_addr().ok().map(|address| address.ip()).filter(|ip| !ip.is_unspecified())
}
