//! The numbers that SCP-ECG and ISO/IEEE 11073-10101 have for leads.

use crate::record::lead_name::lead_name;

/// Lead identification codes 0 to 85 of EN 1064, 5.6.3, table 9, and their extension to 151 in ISO 11073-91064, which
/// ISO/IEEE 11073-10101 took over as `MDC_ECG_LEAD_…`. A `d` in front means that the lead was calculated from others.
const NAMES: &str = "ECG I II V1 V2 V3 V4 V5 V6 V7 V2R V3R V4R V5R V6R V7R X Y Z CC5 CM5 LA RA LL fI fE fC fA fM fF \
    fH dI dII dV1 dV2 dV3 dV4 dV5 dV6 dV7 dV2R dV3R dV4R dV5R dV6R dV7R dX dY dZ dCC5 dCM5 dLA dRA dLL dfI dfE dfC \
    dfA dfM dfF dfH III aVR aVL aVF -aVR V8 V9 V8R V9R D A J Defib Extern A1 A2 A3 A4 dV8 dV9 dV8R dV9R dD dA dJ C V \
    VR VL VF MCL MCL1 MCL2 MCL3 MCL4 MCL5 MCL6 CC CC1 CC2 CC3 CC4 CC6 CC7 CM CM1 CM2 CM3 CM4 CM6 dIII daVR daVL daVF \
    d-aVR dC dV dVR dVL dVF CM7 CH5 CS5 CB5 CR5 ML AB1 AB2 AB3 AB4 ES AS AI S dDefib dExtern dA1 dA2 dA3 dA4 dMCL1 \
    dMCL2 dMCL3 dMCL4 dMCL5 dMCL6 RL CV5RL CV6LL CV6LU V10";

/// The name of the lead with this code, calculated or not; `ECG` where it is unspecified or unknown.
pub fn lead_of_code(code: u32) -> String {
    let name = usize::try_from(code).ok().and_then(|code| NAMES.split_whitespace().nth(code)).unwrap_or("ECG");
    lead_name(name.strip_prefix('d').unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use super::lead_of_code;

    /// Codes of ISO/IEEE 11073-10101.
    #[test]
    fn codes_stand_for_their_leads() {
        for (code, name) in [
            (0, "ECG"),
            (1, "I"),
            (2, "II"),
            (3, "V1"),
            (8, "V6"),
            (11, "V3R"),
            (16, "X"),
            (31, "I"),
            (61, "III"),
            (62, "aVR"),
            (64, "aVF"),
            (66, "V8"),
            (87, "V"),
            (92, "MCL1"),
            (121, "CM7"),
            (131, "ES"),
            (147, "RL"),
            (151, "V10"),
            (152, "ECG"),
            (u32::MAX, "ECG"),
        ] {
            assert_eq!(lead_of_code(code), name, "{code}");
        }
    }
}
