(* XXZ battery of 2 qubits, derived by symqb 0.1.0; set B0, J, Delta, epsilon, TL, TR, kappaL, kappaR, TEq first. *)

phi[w_, T_] := Which[T == 0, Max[-w, 0], w == 0, T, True, w/(Exp[w/T] - 1)];

(* Hamiltonian *)
HB = {{B0 + (1/2)*Delta, 0, 0, 0}, {0, -1/2*Delta, J, 0}, {0, J, -1/2*Delta, 0}, {0, 0, 0, -B0 + (1/2)*Delta}};
SL = {{0, epsilon, 1, 0}, {epsilon, 0, 0, 1}, {1, 0, 0, epsilon}, {0, 1, epsilon, 0}};
SR = {{0, 1, 0, 0}, {1, 0, 0, 0}, {0, 0, 0, 1}, {0, 0, 1, 0}};

(* Levels *)
(* |Phi_1> = |00> *)
(* |Phi_2> = |11> *)
(* |Phi_3> = sqrt(2)*(|01> - |10>)/2 *)
(* |Phi_4> = sqrt(2)*(|01> + |10>)/2 *)
E1 = -B0 + (1/2)*Delta;
E2 = B0 + (1/2)*Delta;
E3 = -1/2*Delta - J;
E4 = -1/2*Delta + J;

(* Transitions *)
omega31 = B0 - Delta - J;
omega41 = B0 - Delta + J;
omega23 = B0 + Delta + J;
omega24 = B0 + Delta - J;
w31L = (1/2)*(epsilon - 1)^2;
w31R = 1/2;
w41L = (1/2)*(epsilon + 1)^2;
w41R = 1/2;
w23L = (1/2)*(epsilon - 1)^2;
w23R = 1/2;
w24L = (1/2)*(epsilon + 1)^2;
w24R = 1/2;
(* S_31_L = sqrt(2)*(epsilon - 1)*tau_13/2 *)
(* S_41_L = sqrt(2)*(epsilon + 1)*tau_14/2 *)
(* S_23_L = sqrt(2)*(1 - epsilon)*tau_32/2 *)
(* S_24_L = sqrt(2)*(epsilon + 1)*tau_42/2 *)
(* S_31_R = sqrt(2)*tau_13/2 *)
(* S_41_R = sqrt(2)*tau_14/2 *)
(* S_23_R = -sqrt(2)*tau_32/2 *)
(* S_24_R = sqrt(2)*tau_42/2 *)

(* Rates *)
(* phi(omega, T) = omega/(exp(omega/T) - 1) *)
e31L = (1/2)*kappaL*(epsilon - 1)^2*phi[-omega31, TL];
e31R = (1/2)*kappaR*phi[-omega31, TR];
e41L = (1/2)*kappaL*(epsilon + 1)^2*phi[-omega41, TL];
e41R = (1/2)*kappaR*phi[-omega41, TR];
e23L = (1/2)*kappaL*(epsilon - 1)^2*phi[-omega23, TL];
e23R = (1/2)*kappaR*phi[-omega23, TR];
e24L = (1/2)*kappaL*(epsilon + 1)^2*phi[-omega24, TL];
e24R = (1/2)*kappaR*phi[-omega24, TR];
a31L = (1/2)*kappaL*(epsilon - 1)^2*phi[omega31, TL];
a31R = (1/2)*kappaR*phi[omega31, TR];
a41L = (1/2)*kappaL*(epsilon + 1)^2*phi[omega41, TL];
a41R = (1/2)*kappaR*phi[omega41, TR];
a23L = (1/2)*kappaL*(epsilon - 1)^2*phi[omega23, TL];
a23R = (1/2)*kappaR*phi[omega23, TR];
a24L = (1/2)*kappaL*(epsilon + 1)^2*phi[omega24, TL];
a24R = (1/2)*kappaR*phi[omega24, TR];
A31 = a31L + a31R;
E31 = e31L + e31R;
A41 = a41L + a41R;
E41 = e41L + e41R;
A23 = a23L + a23R;
E23 = e23L + e23R;
A24 = a24L + a24R;
E24 = e24L + e24R;

(* Master equation *)
(* rho_dot = -I*[H_B,rho] + kappa_L*phi(-omega_31, T_L)*Dissipator(S_31_L, rho) + kappa_L*phi(omega_31, T_L)*Dissipator(Dagger(S_31_L), rho) + kappa_L*phi(-omega_41, T_L)*Dissipator(S_41_L, rho) + kappa_L*phi(omega_41, T_L)*Dissipator(Dagger(S_41_L), rho) + kappa_L*phi(-omega_23, T_L)*Dissipator(S_23_L, rho) + kappa_L*phi(omega_23, T_L)*Dissipator(Dagger(S_23_L), rho) + kappa_L*phi(-omega_24, T_L)*Dissipator(S_24_L, rho) + kappa_L*phi(omega_24, T_L)*Dissipator(Dagger(S_24_L), rho) + kappa_R*phi(-omega_31, T_R)*Dissipator(S_31_R, rho) + kappa_R*phi(omega_31, T_R)*Dissipator(Dagger(S_31_R), rho) + kappa_R*phi(-omega_41, T_R)*Dissipator(S_41_R, rho) + kappa_R*phi(omega_41, T_R)*Dissipator(Dagger(S_41_R), rho) + kappa_R*phi(-omega_23, T_R)*Dissipator(S_23_R, rho) + kappa_R*phi(omega_23, T_R)*Dissipator(Dagger(S_23_R), rho) + kappa_R*phi(-omega_24, T_R)*Dissipator(S_24_R, rho) + kappa_R*phi(omega_24, T_R)*Dissipator(Dagger(S_24_R), rho) *)

(* Rate equations *)
(* pdot_1 = E_31*p_3 + E_41*p_4 - p_1*(A_31 + A_41) *)
(* pdot_2 = A_23*p_3 + A_24*p_4 - p_2*(E_23 + E_24) *)
(* pdot_3 = A_31*p_1 + E_23*p_2 - p_3*(A_23 + E_31) *)
(* pdot_4 = A_41*p_1 + E_24*p_2 - p_4*(A_24 + E_41) *)

(* Steady-state populations *)
t1 = A23*E24*E41 + A24*E23*E31 + E23*E31*E41 + E24*E31*E41;
t2 = A23*A24*A31 + A23*A24*A41 + A23*A31*E41 + A24*A41*E31;
t3 = A24*A31*E23 + A24*A41*E23 + A31*E23*E41 + A31*E24*E41;
t4 = A23*A31*E24 + A23*A41*E24 + A41*E23*E31 + A41*E24*E31;
norm = t1 + t2 + t3 + t4;
p1 = t1/norm;
p2 = t2/norm;
p3 = t3/norm;
p4 = t4/norm;
eta1 = A24*E23/(E23 + E24) + A31*E41/(A31 + A41);
eta2 = A23*E24/(E23 + E24) + A41*E31/(A31 + A41);
(* p_4/p_3 = eta_2/eta_1 *)
(* p_2/p_3 = (A_23*eta_1 + A_24*eta_2)/(eta_1*(E_23 + E_24)) *)
(* p_1/p_3 = (E_31*eta_1 + E_41*eta_2)/(eta_1*(A_31 + A_41)) *)
(* p_3 = 1/(p_1/p_3 + p_2/p_3 + 1 + p_4/p_3) *)

(* Energetics *)
storedEnergy = p2*(-E1 + E2) + p3*(-E1 + E3) + p4*(-E1 + E4);
{e1, e2, e3, e4} = SortBy[Transpose[{{E1, E2, E3, E4}, {E1, E2, E3, E4}}], N[First[#]] &][[All, 2]];
{q1, q2, q3, q4} = SortBy[Transpose[{{E1, E2, E3, E4}, {p1, p2, p3, p4}}], N[First[#]] &][[All, 2]];
{r1, r2, r3, r4} = Reverse[SortBy[{p1, p2, p3, p4}, N]];
storedEnergyFraction = storedEnergy/(-e1 + e4);
x2 = q2 - r2;
x3 = q3 - r3;
x4 = q4 - r4;
ergotropy = x4*(-e3 + e4) + (-e1 + e2)*(x2 + x3 + x4) + (-e2 + e3)*(x3 + x4);
Z = Exp[(e1 - e2)/TEq] + Exp[(e1 - e3)/TEq] + Exp[(e1 - e4)/TEq] + 1;
entropy = -r1*Log[r1] - r2*Log[r2] - r3*Log[r3] - r4*Log[r4];
exergy = TEq*(-entropy + Log[Z]) + r2*(-e1 + e2) + r3*(-e1 + e3) + r4*(-e1 + e4);
heatCurrentL = omega23*(a23L*p3 - e23L*p2) + omega24*(a24L*p4 - e24L*p2) + omega31*(a31L*p1 - e31L*p3) + omega41*(a41L*p1 - e41L*p4);
heatCurrentR = omega23*(a23R*p3 - e23R*p2) + omega24*(a24R*p4 - e24R*p2) + omega31*(a31R*p1 - e31R*p3) + omega41*(a41R*p1 - e41R*p4);
entropyProduction = (a23L*p3 - e23L*p2)*(Log[p3/p2] - omega23/TL) + (a23R*p3 - e23R*p2)*(Log[p3/p2] - omega23/TR) + (a24L*p4 - e24L*p2)*(Log[p4/p2] - omega24/TL) + (a24R*p4 - e24R*p2)*(Log[p4/p2] - omega24/TR) + (a31L*p1 - e31L*p3)*(Log[p1/p3] - omega31/TL) + (a31R*p1 - e31R*p3)*(Log[p1/p3] - omega31/TR) + (a41L*p1 - e41L*p4)*(Log[p1/p4] - omega41/TL) + (a41R*p1 - e41R*p4)*(Log[p1/p4] - omega41/TR);
