"""XXZ battery of 2 qubits, derived by symqb 0.1.0.

Set B0, J, Delta, epsilon, T_L, T_R, kappa_L, kappa_R and T_eq, then run the lines below. They are formulas, not evaluators: the exergy needs T_eq > 0, the
entropy production both temperatures > 0, and neither a population that underflows; all else holds at T = 0 too.
"""

import math


def phi(omega, T):
    """omega/(exp(omega/T) - 1) for every sign of omega and T >= 0."""
    if T == 0 or omega > 700*T:
        return max(-omega, 0) if T == 0 else omega*math.exp(-omega/T)
    return T if omega == 0 else omega/math.expm1(omega/T)

# Hamiltonian
H_B = [(B0 + (1/2)*Delta, 0, 0, 0), (0, -1/2*Delta, J, 0), (0, J, -1/2*Delta, 0), (0, 0, 0, -B0 + (1/2)*Delta)]
S_L = [(0, epsilon, 1, 0), (epsilon, 0, 0, 1), (1, 0, 0, epsilon), (0, 1, epsilon, 0)]
S_R = [(0, 1, 0, 0), (1, 0, 0, 0), (0, 0, 0, 1), (0, 0, 1, 0)]

# Levels
# |Phi_1> = |00>
# |Phi_2> = |11>
# |Phi_3> = sqrt(2)*(|01> - |10>)/2
# |Phi_4> = sqrt(2)*(|01> + |10>)/2
E_1 = -B0 + (1/2)*Delta
E_2 = B0 + (1/2)*Delta
E_3 = -1/2*Delta - J
E_4 = -1/2*Delta + J

# Transitions
omega_31 = B0 - Delta - J
omega_41 = B0 - Delta + J
omega_23 = B0 + Delta + J
omega_24 = B0 + Delta - J
w_31_L = (1/2)*(epsilon - 1)**2
w_31_R = 1/2
w_41_L = (1/2)*(epsilon + 1)**2
w_41_R = 1/2
w_23_L = (1/2)*(epsilon - 1)**2
w_23_R = 1/2
w_24_L = (1/2)*(epsilon + 1)**2
w_24_R = 1/2
# S_31_L = sqrt(2)*(epsilon - 1)*tau_13/2
# S_41_L = sqrt(2)*(epsilon + 1)*tau_14/2
# S_23_L = sqrt(2)*(1 - epsilon)*tau_32/2
# S_24_L = sqrt(2)*(epsilon + 1)*tau_42/2
# S_31_R = sqrt(2)*tau_13/2
# S_41_R = sqrt(2)*tau_14/2
# S_23_R = -sqrt(2)*tau_32/2
# S_24_R = sqrt(2)*tau_42/2

# Rates
# phi(omega, T) = omega/(exp(omega/T) - 1)
e_31_L = (1/2)*kappa_L*(epsilon - 1)**2*phi(-omega_31, T_L)
e_31_R = (1/2)*kappa_R*phi(-omega_31, T_R)
e_41_L = (1/2)*kappa_L*(epsilon + 1)**2*phi(-omega_41, T_L)
e_41_R = (1/2)*kappa_R*phi(-omega_41, T_R)
e_23_L = (1/2)*kappa_L*(epsilon - 1)**2*phi(-omega_23, T_L)
e_23_R = (1/2)*kappa_R*phi(-omega_23, T_R)
e_24_L = (1/2)*kappa_L*(epsilon + 1)**2*phi(-omega_24, T_L)
e_24_R = (1/2)*kappa_R*phi(-omega_24, T_R)
a_31_L = (1/2)*kappa_L*(epsilon - 1)**2*phi(omega_31, T_L)
a_31_R = (1/2)*kappa_R*phi(omega_31, T_R)
a_41_L = (1/2)*kappa_L*(epsilon + 1)**2*phi(omega_41, T_L)
a_41_R = (1/2)*kappa_R*phi(omega_41, T_R)
a_23_L = (1/2)*kappa_L*(epsilon - 1)**2*phi(omega_23, T_L)
a_23_R = (1/2)*kappa_R*phi(omega_23, T_R)
a_24_L = (1/2)*kappa_L*(epsilon + 1)**2*phi(omega_24, T_L)
a_24_R = (1/2)*kappa_R*phi(omega_24, T_R)
A_31 = a_31_L + a_31_R
E_31 = e_31_L + e_31_R
A_41 = a_41_L + a_41_R
E_41 = e_41_L + e_41_R
A_23 = a_23_L + a_23_R
E_23 = e_23_L + e_23_R
A_24 = a_24_L + a_24_R
E_24 = e_24_L + e_24_R

# Master equation
# rho_dot = -I*[H_B,rho] + kappa_L*phi(-omega_31, T_L)*Dissipator(S_31_L, rho) + kappa_L*phi(omega_31, T_L)*Dissipator(Dagger(S_31_L), rho) + kappa_L*phi(-omega_41, T_L)*Dissipator(S_41_L, rho) + kappa_L*phi(omega_41, T_L)*Dissipator(Dagger(S_41_L), rho) + kappa_L*phi(-omega_23, T_L)*Dissipator(S_23_L, rho) + kappa_L*phi(omega_23, T_L)*Dissipator(Dagger(S_23_L), rho) + kappa_L*phi(-omega_24, T_L)*Dissipator(S_24_L, rho) + kappa_L*phi(omega_24, T_L)*Dissipator(Dagger(S_24_L), rho) + kappa_R*phi(-omega_31, T_R)*Dissipator(S_31_R, rho) + kappa_R*phi(omega_31, T_R)*Dissipator(Dagger(S_31_R), rho) + kappa_R*phi(-omega_41, T_R)*Dissipator(S_41_R, rho) + kappa_R*phi(omega_41, T_R)*Dissipator(Dagger(S_41_R), rho) + kappa_R*phi(-omega_23, T_R)*Dissipator(S_23_R, rho) + kappa_R*phi(omega_23, T_R)*Dissipator(Dagger(S_23_R), rho) + kappa_R*phi(-omega_24, T_R)*Dissipator(S_24_R, rho) + kappa_R*phi(omega_24, T_R)*Dissipator(Dagger(S_24_R), rho)

# Rate equations
# pdot_1 = E_31*p_3 + E_41*p_4 - p_1*(A_31 + A_41)
# pdot_2 = A_23*p_3 + A_24*p_4 - p_2*(E_23 + E_24)
# pdot_3 = A_31*p_1 + E_23*p_2 - p_3*(A_23 + E_31)
# pdot_4 = A_41*p_1 + E_24*p_2 - p_4*(A_24 + E_41)

# Steady-state populations
t_1 = A_23*E_24*E_41 + A_24*E_23*E_31 + E_23*E_31*E_41 + E_24*E_31*E_41
t_2 = A_23*A_24*A_31 + A_23*A_24*A_41 + A_23*A_31*E_41 + A_24*A_41*E_31
t_3 = A_24*A_31*E_23 + A_24*A_41*E_23 + A_31*E_23*E_41 + A_31*E_24*E_41
t_4 = A_23*A_31*E_24 + A_23*A_41*E_24 + A_41*E_23*E_31 + A_41*E_24*E_31
norm = t_1 + t_2 + t_3 + t_4
p_1 = t_1/norm
p_2 = t_2/norm
p_3 = t_3/norm
p_4 = t_4/norm
eta_1 = A_24*E_23/(E_23 + E_24) + A_31*E_41/(A_31 + A_41)
eta_2 = A_23*E_24/(E_23 + E_24) + A_41*E_31/(A_31 + A_41)
# p_4/p_3 = eta_2/eta_1
# p_2/p_3 = (A_23*eta_1 + A_24*eta_2)/(eta_1*(E_23 + E_24))
# p_1/p_3 = (E_31*eta_1 + E_41*eta_2)/(eta_1*(A_31 + A_41))
# p_3 = 1/(p_1/p_3 + p_2/p_3 + 1 + p_4/p_3)

# Energetics
stored_energy = p_2*(-E_1 + E_2) + p_3*(-E_1 + E_3) + p_4*(-E_1 + E_4)
(e_1, e_2, e_3, e_4) = [x for _, x in sorted(zip((E_1, E_2, E_3, E_4), (E_1, E_2, E_3, E_4)))]
(q_1, q_2, q_3, q_4) = [x for _, x in sorted(zip((E_1, E_2, E_3, E_4), (p_1, p_2, p_3, p_4)))]
(r_1, r_2, r_3, r_4) = sorted((p_1, p_2, p_3, p_4), reverse=True)
stored_energy_fraction = stored_energy/(-e_1 + e_4)
x_2 = q_2 - r_2
x_3 = q_3 - r_3
x_4 = q_4 - r_4
ergotropy = x_4*(-e_3 + e_4) + (-e_1 + e_2)*(x_2 + x_3 + x_4) + (-e_2 + e_3)*(x_3 + x_4)
Z = math.exp((e_1 - e_2)/T_eq) + math.exp((e_1 - e_3)/T_eq) + math.exp((e_1 - e_4)/T_eq) + 1
entropy = -r_1*math.log(r_1) - r_2*math.log(r_2) - r_3*math.log(r_3) - r_4*math.log(r_4)
exergy = T_eq*(-entropy + math.log(Z)) + r_2*(-e_1 + e_2) + r_3*(-e_1 + e_3) + r_4*(-e_1 + e_4)
heat_current_L = omega_23*(a_23_L*p_3 - e_23_L*p_2) + omega_24*(a_24_L*p_4 - e_24_L*p_2) + omega_31*(a_31_L*p_1 - e_31_L*p_3) + omega_41*(a_41_L*p_1 - e_41_L*p_4)
heat_current_R = omega_23*(a_23_R*p_3 - e_23_R*p_2) + omega_24*(a_24_R*p_4 - e_24_R*p_2) + omega_31*(a_31_R*p_1 - e_31_R*p_3) + omega_41*(a_41_R*p_1 - e_41_R*p_4)
entropy_production = (a_23_L*p_3 - e_23_L*p_2)*(math.log(p_3/p_2) - omega_23/T_L) + (a_23_R*p_3 - e_23_R*p_2)*(math.log(p_3/p_2) - omega_23/T_R) + (a_24_L*p_4 - e_24_L*p_2)*(math.log(p_4/p_2) - omega_24/T_L) + (a_24_R*p_4 - e_24_R*p_2)*(math.log(p_4/p_2) - omega_24/T_R) + (a_31_L*p_1 - e_31_L*p_3)*(math.log(p_1/p_3) - omega_31/T_L) + (a_31_R*p_1 - e_31_R*p_3)*(math.log(p_1/p_3) - omega_31/T_R) + (a_41_L*p_1 - e_41_L*p_4)*(math.log(p_1/p_4) - omega_41/T_L) + (a_41_R*p_1 - e_41_R*p_4)*(math.log(p_1/p_4) - omega_41/T_R)
